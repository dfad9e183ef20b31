package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @CsvSource({"E17: device lost,E17: device lost", "a\\.b\\(\\),a.b()", "ü-ß,ü-ß", "'',''"})
  void aPatternWithoutSyntaxIsItsText(String pattern, String text) {
    assertThat(PlainText.of(pattern)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b", "(?i)a", "a|b", "^a", "a$", "[a]", "a{2}", "a+", "\\d", "\\", "😀"})
  void anyOtherIsNot(String pattern) {
    assertThat(PlainText.of(pattern)).isNull();
  }

  @Property
  void itIsFoundWhereRe2FindsThePattern(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 3) String pattern,
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 20) String text) {
    String plain = PlainText.of(pattern);
    if (plain != null) {
      assertThat(text.contains(plain)).isEqualTo(Pattern.compile(pattern).matcher(text).find());
      assertThat(Pattern.compile(pattern).matcher(text + plain).find()).isTrue();
    }
  }
}
