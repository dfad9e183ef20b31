package io.faultline.domain.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in the syntax of RE2 as Go compiles it. It searches: it is not anchored. The time is
 * linear in the text. Two are equal when they are written alike.
 */
public final class Re2Pattern {
  private final String source;
  private final Predicate<String> occursIn;
  private final Set<String> literals;

  private Re2Pattern(String source, Predicate<String> occursIn, Set<String> literals) {
    this.source = source;
    this.occursIn = occursIn;
    this.literals = literals;
  }

  /**
   * Compiles a pattern.
   *
   * @throws BadPatternException where Go would refuse it (look-around, back references, possessive
   *     quantifiers, repeats over 1,000, nested ones multiplied), or it is too large
   */
  public static Re2Pattern compile(String source) {
    Re2Parser.Parsed parsed = Re2Parser.parse(source);
    try {
      return new Re2Pattern(source, search(parsed, source), parsed.syntax().literals().required());
    } catch (PatternSyntaxException e) {
      throw new BadPatternException(
          "not an RE2 pattern: "
              + e.getDescription()
              + (e.getPattern().isEmpty() ? "" : ": `" + e.getPattern() + "`"));
    } catch (StackOverflowError e) {
      throw new BadPatternException("not an RE2 pattern: it nests too deeply");
    }
  }

  /** A text without any syntax is looked for as it is, some hundred times faster. */
  private static Predicate<String> search(Re2Parser.Parsed parsed, String source) {
    String plain = PlainText.of(source);
    if (plain != null) {
      return text -> text.contains(plain);
    }
    return new Search(source, compileRe2(parsed.plainer(), source));
  }

  /** By RE2/J, which also says what is wrong with a pattern. */
  static Pattern compileRe2(Plainer plainer, String source) {
    if (plainer.needed()) {
      return Pattern.compile(plainer.text());
    }
    try {
      return Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      return compilePlainer(plainer, e);
    }
  }

  private static Pattern compilePlainer(Plainer plainer, PatternSyntaxException first) {
    try {
      return Pattern.compile(plainer.text());
    } catch (PatternSyntaxException second) {
      throw first; // in the words of what was written
    }
  }

  /** As it was written. */
  public String source() {
    return source;
  }

  /** Whether the pattern matches somewhere in the text, which may be empty. */
  public boolean find(String text) {
    return occursIn.test(text);
  }

  /** As {@link #find}, but an empty text matches no pattern, not even {@code .*}. */
  public boolean findNonEmpty(String text) {
    return !text.isEmpty() && find(text);
  }

  /**
   * Strings of which at least one is in every text that the pattern matches, once both are folded
   * as {@link LiteralIndex} does it; none where no such strings are known.
   */
  public Set<String> literals() {
    return literals;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Re2Pattern that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
