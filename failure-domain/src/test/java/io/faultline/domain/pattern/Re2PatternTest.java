package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Re2PatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CUDA error;                        'cuda error'",
        "(?i)cuda.*error;                   'error'",
        "no match for .* in manifest;       'no match for '",
        "^(foo|bar)baz$;                    'barbaz|foobaz'",
        "exit (code|status) [0-9]+;         'exit code |exit status '",
        "[kK]elvin;                         'kelvin'",
        "\\Qa.b\\E+;                        'a.'",
        "(abc){2};                          'abcabc'",
        "(abc)+d;                           'abc'",
        "x?abc;                             'abc|xabc'",
        "(disk|node).*(full|lost);          'disk|node'",
        "(?i)größe;                         'gr'",
        "größe;                             'größe'",
        "\\x41\\.;                          'a.'",
        "a{01};                             'a{01}'",
        "[[:]x;                             ':x|[x'",
      })
  void literalsThatAPatternNeedsAreDerived(String pattern, String literals) {
    assertThat(String.join("|", new TreeSet<>(Re2Pattern.compile(pattern).literals())))
        .isEqualTo(literals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".*", "\\d+", "(abc)?", "a|", "[^a]", "(?i)é", "(abc){0}", "\\pL", "^$"})
  void whereNothingIsNeededThereIsNoLiteral(String pattern) {
    assertThat(Re2Pattern.compile(pattern).literals()).isEmpty();
  }

  @Test
  void refusalsNameWhatIsWrongInOneLine() {
    assertThatThrownBy(() -> Re2Pattern.compile("a(?=b)"))
        .isInstanceOf(BadPatternException.class)
        .hasMessage("not an RE2 pattern: invalid or unsupported Perl syntax: `(?=`");
    assertThatThrownBy(() -> Re2Pattern.compile("(a{100}){11}"))
        .hasMessage(
            "not an RE2 pattern: invalid repeat count: `{11}`; with the repeats inside it, it comes"
                + " to more than 1000");
  }

  @Test
  void setsOfUnicodeAreThoseOfVersion6() {
    assertThat(Re2Pattern.compile("\\pL").find("\u0526")).isTrue();
    assertThat(Re2Pattern.compile("\\pL").find("\u08a0")).isFalse(); // of 6.1; Go says true
    assertThatThrownBy(() -> Re2Pattern.compile("\\p{Chakma}"))
        .isInstanceOf(BadPatternException.class);
  }

  @Test
  void aPatternThatNestsTooDeeplyOrExpandsTooFarIsRefused() {
    assertThatThrownBy(() -> Re2Pattern.compile("(".repeat(20_000) + ")".repeat(20_000)))
        .isInstanceOf(BadPatternException.class)
        .hasMessageContaining("nests");
    assertThatThrownBy(() -> Re2Pattern.compile("(" + "abcdefghij".repeat(20) + "){1000}"))
        .isInstanceOf(BadPatternException.class)
        .hasMessageContaining("100000 instructions");
    Re2Pattern.compile("(".repeat(500) + "a" + ")".repeat(500));
  }

  @Test
  void aPatternThatIsTooLongIsRefusedBeforeAnyoneReadsIt() {
    Re2Pattern.compile("[" + "a".repeat(49_998) + "]");
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> Re2Pattern.compile("[" + "a".repeat(1 << 22) + "]"))
                .isInstanceOf(BadPatternException.class)
                .hasMessage("not a pattern that can be run: it has more than 50000 characters"));
  }

  @Test
  void anEmptyTextMatchesNoPatternWhereThatIsAsked() {
    assertThat(Re2Pattern.compile(".*").find("")).isTrue();
    assertThat(Re2Pattern.compile(".*").findNonEmpty("")).isFalse();
  }

  @Test
  void noPatternTakesMoreThanLinearTime() {
    Re2Pattern catastrophe = Re2Pattern.compile("(a*)*(a*)*(a|aa)+$");
    String text = "a".repeat(200_000) + "!";
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(catastrophe.find(text)).isFalse());
  }

  @Test
  void foldingIsThatOfRe2ForEveryAsciiCharacter() {
    Pattern ascii = Pattern.compile("(?i)^[\\x00-\\x7f]$");
    for (int c = 0; c <= 0x1FFFF; c++) {
      if (c >= 0xD800 && c <= 0xDFFF) {
        continue;
      }
      String text = Character.toString(c);
      String folded = Folding.fold(c);
      if (ascii.matcher(text).find() != (folded.charAt(0) < 0x80)) {
        throw new AssertionError(String.format("U+%04X", c));
      }
      if (folded.charAt(0) < 0x80) {
        String pattern = String.format("(?i)^\\x{%x}$", (int) folded.charAt(0));
        assertThat(Pattern.compile(pattern).matcher(text).find()).as(text).isTrue();
      }
    }
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void whateverMatchesHoldsOneOfTheLiterals(
      @ForAll(supplier = RandomPatterns.class) String source,
      @ForAll(supplier = RandomPatterns.Texts.class) String text) {
    Re2Pattern pattern = Re2Pattern.compile(source);
    Set<String> literals = pattern.literals();
    boolean matches = pattern.find(text);
    BitSet found = new BitSet();
    new LiteralIndex.Builder().add(literals, 0).build().find(text, found);
    if (matches && !literals.isEmpty()) {
      assertThat(found.get(0)).as("%s needs %s", source, literals).isTrue();
    }
  }
}
