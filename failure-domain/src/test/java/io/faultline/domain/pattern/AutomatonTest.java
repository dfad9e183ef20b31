package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutomatonTest {

  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void itFindsWhatRe2Finds(
      @ForAll(supplier = RandomPatterns.class) String pattern,
      @ForAll(supplier = RandomPatterns.Texts.class) String text) {
    Automaton automaton = Automaton.of(pattern);
    Assume.that(automaton != null);
    boolean expected = re2(pattern).matcher(text).find();
    assertThat(Objects.requireNonNull(automaton).find(text))
        .as("%s in %s", pattern, text)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)a.*b",
        "(?i)kernel-17-.*panicked",
        "(?s)a.*b",
        "^a",
        "a$",
        "\\Aab\\z",
        "(?i)größe|ß",
        "[^a-c]+x?",
        "\\d{1,3}\\.\\d+",
        "[[:alpha:]_-]*=",
        "(a|bc*)+d",
        "(?i)cuda.*(error|fault)",
        "\\QA.b\\E+",
        "(?i)\\x{1c80}",
        "😀.",
        "",
        "a{0}b{2}",
      })
  void patternsOfTheseKindsHaveOne(String pattern) {
    assertThat(Automaton.of(pattern)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\bword",
        "a\\Bb",
        "(?m)^a",
        "(?m:a$)",
        "\\pL+",
        "[\\p{Greek}a]",
        "(?i)\\PN",
        "a\\x{D83D}",
        "[\\x{DE00}]"
      })
  void whatOnlyRe2KnowsHasNone(String pattern) {
    assertThat(Automaton.of(pattern)).isNull();
    Re2Pattern.compile(pattern).find("a word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a[ab]{30}c",
        "(x+x+)+.{25}y",
        "(a{0,30}b{0,30}){30}",
        "([a-c]?[b-d]?[c-e]?){300}",
        "((a?b?c?d?){10}|(b?c?d?e?){10}){9}",
        "(a.{9}|b.{9}|c.{9}|d.{9})*e",
      })
  void aLargeOneIsGivenUpSoon(String pattern) {
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(Automaton.of(pattern)).isNull());
    assertThat(Re2Pattern.compile(pattern).find("abacabac".repeat(50)))
        .isEqualTo(re2(pattern).matcher("abacabac".repeat(50)).find());
  }

  @Test
  void manySmallSetsAreTooMany() {
    String many =
        IntStream.range(0, 200)
            .mapToObj(i -> Character.toString(0x4E00 + 2 * i))
            .collect(Collectors.joining());
    assertThat(Automaton.of(many.substring(0, 80))).isNotNull();
    assertThat(Automaton.of(many)).isNull();
  }

  @Test
  void unpairedSurrogatesAreCharactersOfTheirOwn() {
    assertThat(found("^.$", "\ud83d")).isTrue();
    assertThat(found("^.$", "\ude00")).isTrue();
    assertThat(found("^.$", "😀")).isTrue();
    assertThat(found("^..$", "\ude00\ud83d")).isTrue();
    assertThat(found("a[^b]c", "a\ud83dc")).isTrue();
    assertThat(found("\\x{1F600}", "\ud83d")).isFalse();
    assertThat(found("[\\x{DE00}-\\x{DE01}]", "😀")).isFalse();
    assertThat(found("[\\x{DE00}-\\x{DE01}]", "\ud83d😀\ude00")).isTrue();
  }

  /** RE2/J 1.8 by itself answers the opposite; these are the answers of Go 1.26. */
  @ParameterizedTest
  @CsvSource({
    "[Bb]a|B, b, false",
    "(?i:s)a|S, s, false",
    "x(?:(?i:b)a|B), xb, false",
    "(?i:b){3}a|B{3}, bbb, false",
    "(?i:é)a|É, é, false",
    "(?i:b)a|[B], b, false",
    "(?i:b)a|\\x42, b, false",
    "B(?i:b)a|BB, Bb, false",
    "(?:B|(?i:b)a), ba, true",
    "(?i:\\Qb\\E)a|B, b, false",
    "(?i)ba|(?-i:B), b, false",
    "(?:B|(?i:b)a)\\b, ba, true",
  })
  void aLetterWithItsCaseIsNotTheSameWithout(String pattern, String text, boolean finds) {
    String whole = "^(?:" + pattern + ")$";
    assertThat(re2(whole).matcher(text).find()).isEqualTo(finds);
    assertThat(Re2Pattern.compile(whole).find(text)).isEqualTo(finds);
  }

  private static boolean found(String pattern, String text) {
    boolean found = Objects.requireNonNull(Automaton.of(pattern)).find(text);
    assertThat(re2(pattern).matcher(text).find()).isEqualTo(found);
    return found;
  }

  @Test
  void threadsThatComeFirstTogetherFindTheSame() {
    for (int i = 0; i < 200; i++) {
      Re2Pattern pattern = Re2Pattern.compile("(?i)a.*b" + i);
      String text = "xA-B" + i;
      assertThat(IntStream.range(0, 8).parallel().allMatch(j -> pattern.find(text))).isTrue();
    }
  }

  private static Pattern re2(String pattern) {
    return Re2Pattern.compileRe2(Re2Parser.parse(pattern).plainer(), pattern);
  }
}
