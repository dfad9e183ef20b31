package io.faultline.rules.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelIssue;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.faultline.rules.lint.NearestWord;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words, and with what is allowed, why the library refuses an expression. */
final class Complaint {
  private static final Pattern FIELD = Pattern.compile("undefined field '(.*)'");
  private static final Pattern NAME =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern RESULT =
      Pattern.compile("expected type 'bool' but found '(.*)'", Pattern.DOTALL);
  private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*", Pattern.DOTALL);

  private Complaint() {}

  static BadExpressionException of(String source, CelIssue issue) {
    return BadExpressionException.at(
        issue.getSourceLocation().getLine(),
        issue.getSourceLocation().getColumn(),
        words(source, issue));
  }

  private static String words(String source, CelIssue issue) {
    String message = issue.getMessage();
    Matcher field = FIELD.matcher(message);
    if (field.matches()) {
      return unknownField(source, field.group(1));
    }
    Matcher name = NAME.matcher(message);
    if (name.matches()) {
      return isFunction(source, issue)
          ? "unknown function \"" + name.group(1) + "\""
          : "unknown name" + allowed(name.group(1), "", Vocabulary.words());
    }
    Matcher result = RESULT.matcher(message);
    if (result.matches()) {
      return "true or false is expected, not " + result.group(1);
    }
    return CANDIDATES.matcher(message).replaceFirst("").replaceAll("\\s+", " ");
  }

  /** A function's place is that of its bracket. */
  private static boolean isFunction(String source, CelIssue issue) {
    String line =
        source.lines().skip(issue.getSourceLocation().getLine() - 1L).findFirst().orElse("");
    return line.startsWith("(", issue.getSourceLocation().getColumn());
  }

  /** The library does not say of what the field is; so it is asked which fields it asks for. */
  private static String unknownField(String source, String field) {
    Asked asked = new Asked(field);
    Language.compiler(asked).compile(source);
    return asked
        .of
        .map(type -> "unknown field" + allowed(field, " of " + type.name(), type.fieldNames()))
        .orElse("unknown field \"" + field + "\"");
  }

  private static String allowed(String word, String of, Collection<String> known) {
    return " \""
        + word
        + "\""
        + of
        + NearestWord.to(word, known).map(near -> " (did you mean " + near + "?)").orElse("")
        + "; allowed: "
        + String.join(", ", known);
  }

  /** Notes of which type a field was asked that it doesn't have. */
  @SuppressWarnings("Immutable") // used for one compilation, by one thread
  private static final class Asked extends Language.Types {
    private final String field;
    private Optional<StructType> of = Optional.empty();

    Asked(String field) {
      this.field = field;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return super.findType(name).map(type -> noting((StructType) type));
    }

    private CelType noting(StructType type) {
      return StructType.create(
          type.name(),
          ImmutableSet.<String>builder().addAll(type.fieldNames()).add(field).build(),
          asked ->
              Optional.of(
                  type.findField(asked).map(StructType.Field::type).orElseGet(() -> note(type))));
    }

    private CelType note(StructType type) {
      of = of.or(() -> Optional.of(type));
      return SimpleType.DYN;
    }
  }
}
