package io.faultline.rules.yaml;

import io.faultline.domain.pattern.BadPatternException;
import io.faultline.domain.pattern.Re2Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One node of a document. Its getters give exactly the type asked for, or say where it is not. */
public final class YamlNode {

  /** What a node is. */
  public enum Type {
    MAP("a map"),
    LIST("a list"),
    TEXT("text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String words;

    Type(String words) {
      this.words = words;
    }
  }

  private final String file;
  private final int line;
  private final int column;
  private final YamlPath path;
  private final Type type;
  private final Object value;

  YamlNode(String file, int line, int column, YamlPath path, Type type, Object value) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.path = path;
    this.type = type;
    this.value = value;
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** In characters, from 1. */
  public int column() {
    return column;
  }

  /** For example {@code categories[0].rules[2]}; empty for a document. */
  public String path() {
    return path.toString();
  }

  /** What it is. */
  public Type type() {
    return type;
  }

  /** Whether nothing is written here, or {@code null}. */
  public boolean isNull() {
    return type == Type.NULL;
  }

  /** A problem at this place, to be thrown. */
  public RuleFileException problem(String problem) {
    return new RuleFileException(file, line, column, path.toString(), problem);
  }

  /** Text; a number or a truth value must be quoted to be one. */
  public String text() {
    if (type == Type.NUMBER || type == Type.BOOLEAN) {
      throw problem("text is expected, not " + shown() + "; put it in quotes");
    }
    return (String) as(Type.TEXT);
  }

  /** Text that is one of the words given, exactly and case-sensitively. */
  public <T> T word(String what, List<T> values, Function<T, String> word) {
    String text = text();
    for (T candidate : values) {
      if (word.apply(candidate).equals(text)) {
        return candidate;
      }
    }
    throw problem(
        "unknown "
            + what
            + " "
            + shown()
            + "; allowed: "
            + String.join(", ", values.stream().map(word).toList()));
  }

  /** Text that is a pattern; one that does not compile is refused. */
  public Re2Pattern pattern() {
    try {
      return Re2Pattern.compile(text());
    } catch (BadPatternException e) {
      throw problem(shown() + " is " + e.getMessage());
    }
  }

  /** {@code true} or {@code false}. */
  public boolean bool() {
    return (Boolean) as(Type.BOOLEAN);
  }

  /** A whole number within the range given. */
  public long integer(long min, long max) {
    if (!(as(Type.NUMBER) instanceof BigInteger number)) {
      throw problem("a whole number is expected, not " + shown());
    }
    if (number.compareTo(BigInteger.valueOf(min)) < 0
        || number.compareTo(BigInteger.valueOf(max)) > 0) {
      throw problem(number + " is out of range; allowed: " + min + " to " + max);
    }
    return number.longValueExact();
  }

  /** A whole number of 32 bits. */
  public int int32() {
    return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A number, as exactly as it was written. */
  public BigDecimal decimal() {
    Object number = as(Type.NUMBER);
    return number instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) number;
  }

  /** The items of a list. */
  @SuppressWarnings("unchecked") // the composer puts nothing else under LIST
  public List<YamlNode> list() {
    return (List<YamlNode>) as(Type.LIST);
  }

  /** The items of a list, each read by the reader given. */
  public <T> List<T> list(Function<YamlNode, T> item) {
    List<YamlNode> items = list();
    List<T> read = new ArrayList<>(items.size());
    for (YamlNode node : items) {
      read.add(item.apply(node));
    }
    return List.copyOf(read);
  }

  /** A map; a repeated key is refused. What keys it may have is said by {@link YamlMap#only}. */
  public YamlMap map() {
    YamlMap map = looseMap();
    map.refuseRepeated();
    return map;
  }

  /** A map of a system that isn't ours: of a repeated key the last one counts. */
  public YamlMap looseMap() {
    return (YamlMap) as(Type.MAP);
  }

  /** The offending value as it is shown in a message: in quotes, on one line, cut. */
  public String shown() {
    if (type == Type.MAP || type == Type.LIST || type == Type.NULL) {
      return type.words;
    }
    String text = value.toString();
    String quote = type == Type.TEXT ? "\"" : "";
    return quote + Shown.text(text) + quote;
  }

  /** The value of a scalar: text, {@link BigInteger}, {@link BigDecimal}, or {@link Boolean}. */
  Optional<Object> scalar() {
    return type == Type.MAP || type == Type.LIST ? Optional.empty() : Optional.ofNullable(value);
  }

  RuleFileException problemAt(int atLine, int atColumn, String problem) {
    return new RuleFileException(file, atLine, atColumn, path.toString(), problem);
  }

  private Object as(Type wanted) {
    if (type != wanted) {
      throw problem(wanted.words + " is expected, not " + shown());
    }
    return value;
  }
}
