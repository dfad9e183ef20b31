package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
  private static final int AT_ONCE = 64;

  @ParameterizedTest
  @ValueSource(strings = {"\\x{%x}", "[\\x{%x}]"})
  void everyCharacterIsFoundIgnoringCase(String written) {
    int[] all = scalars().toArray();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(3),
        () -> {
          for (int from = 0; from < all.length; from += AT_ONCE) {
            int[] some = Arrays.copyOfRange(all, from, Math.min(from + AT_ONCE, all.length));
            String pattern =
                Arrays.stream(some)
                    .mapToObj(c -> String.format(written, c))
                    .collect(Collectors.joining("", "(?i)^", "$"));
            Plainer plainer = Re2Parser.parse(pattern).plainer();
            Pattern re2 = Re2Pattern.compileRe2(plainer, pattern);
            assertThat(re2.matcher(new String(some, 0, some.length)).find()).as(pattern).isTrue();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-\\x{2000}]",
        "(?i)[^a-\\x{2000}]",
        "(?i)[\\x{0}-\\x{10ffff}]",
        "(?i)[B-\\x{10ffff}]",
        "(?i)[^B-\\x{10ffff}]",
        "(?i)[\\x{0}-\\x{1044e}]",
        "(?i)[\\pL\\x{1c80}]",
        "(?i)[^\\w[:space:]\\x{1c80}]",
        "(?i)\\p{Cyrillic}",
        "(?i)\\P{Cyrillic}",
        "(?i)[^\\p{Lu}]",
        "(?i)\\pL",
        "(?i)[^a]",
        "(?i).",
        "(?i)(a|\\x{1c83}|b)*",
        "(?i)\\Q\u1c80\\E",
        "a(?i)b|\u1c88(?-i)c",
      })
  void noPatternThatIgnoresCaseTakesForEver(String pattern) {
    String text =
        scalars()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, (a, b) -> {})
            .toString();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          Re2Pattern compiled = Re2Pattern.compile(pattern);
          assertThat(compiled.find(text)).isTrue();
          compiled.find("\u1c80");
        });
  }

  @Test
  void whatCanNotBeWrittenOutIsRefused() {
    assertThatThrownBy(() -> Re2Pattern.compile("a(?i)[^\\p{Greek}\\x{1c80}]"))
        .isInstanceOf(BadPatternException.class)
        .hasMessage(
            "not a pattern that can be run: `[^\\p{Greek}\\x{1c80}]` ignores case and leaves out"
                + " both \\p{Greek} and some of U+1C80 to U+1C88");
  }

  @Test
  void largeClassesAreWrittenOutOnlySoOften() {
    String large = "[a-\\x{2000}]";
    assertThat(Re2Pattern.compile("(?i)" + large.repeat(50)).find("ab".repeat(30))).isTrue();
    assertThatThrownBy(() -> Re2Pattern.compile("(?i)" + large.repeat(500)))
        .isInstanceOf(BadPatternException.class)
        .hasMessage("not a pattern that can be run: ignoring case, it has too many large classes");
  }

  @Test
  void allCasesOfACharacterAreThoseThatRe2Finds() {
    int[] letters = scalars().flatMap(FoldingTest::cases).distinct().toArray();
    String text = new String(letters, 0, letters.length);
    assertThat(letters).hasSizeGreaterThan(2_700);
    for (int c : letters) {
      CodePoints expected = Folding.allCases(CodePoints.of(c));
      if (!expected.intersects(Plainer.UNENDING)) {
        Matcher matcher = Pattern.compile(String.format("(?i)\\x{%x}", c)).matcher(text);
        CodePoints found = CodePoints.NONE;
        while (matcher.find()) {
          found = found.or(CodePoints.of(matcher.group()));
        }
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void allCasesOfASetAreThoseOfItsCharacters() {
    CodePoints set = CodePoints.range('a', 0x2000);
    CodePoints one =
        set.each().mapToObj(CodePoints::of).map(Folding::allCases).reduce(set, CodePoints::or);
    assertThat(Folding.allCases(set)).isEqualTo(one);
  }

  /** The character's cases, where it has other ones. */
  private static IntStream cases(int c) {
    int[] cases = {c, Character.toLowerCase(c), Character.toUpperCase(c), Character.toTitleCase(c)};
    return Arrays.stream(cases).distinct().count() > 1 ? Arrays.stream(cases) : IntStream.empty();
  }

  private static IntStream scalars() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }
}
