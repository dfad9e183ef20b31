package io.faultline.domain.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MessageCutTest {

  @Test
  void aMessageOfExactly4KibIsKeptWhole() {
    String message = "x".repeat(4096);
    assertThat(MessageCut.STANDARD.head(message)).isEqualTo(message);
    assertThat(MessageCut.STANDARD.tail(message)).isEqualTo(message);
  }

  @Test
  void aLongerOneSaysHowManyBytesWereCut() {
    assertThat(MessageCut.STANDARD.head("x".repeat(4106)))
        .isEqualTo("x".repeat(4096) + "… (10 bytes cut)");
    assertThat(MessageCut.STANDARD.tail("a" + "x".repeat(4096)))
        .isEqualTo("(1 bytes cut) …" + "x".repeat(4096));
  }

  @Test
  void theCutNeverSplitsACharacter() {
    assertThat(new MessageCut(5).head("ab€€")).isEqualTo("ab€… (3 bytes cut)");
    assertThat(new MessageCut(6).head("ab€😀")).isEqualTo("ab€… (4 bytes cut)");
    assertThat(new MessageCut(6).tail("😀€ab")).isEqualTo("(4 bytes cut) …€ab");
  }

  @Test
  void nulAndHalvesOfSurrogatePairsBecomeTheReplacementCharacter() {
    assertThat(MessageCut.STANDARD.head("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(MessageCut.STANDARD.tail("a\ud800b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void bytesThatAreNotUtf8BecomeTheReplacementCharacter() {
    assertThat(MessageCut.STANDARD.head(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\uFFFDb");
    assertThat(MessageCut.STANDARD.tail(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\uFFFDb");
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> new MessageCut(0)).hasMessageContaining("at least 1, not 0");
  }

  @Property(tries = 300)
  void whatIsKeptNeverExceedsTheLimitAndIsPartOfTheText(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 40) int limit) {
    String whole = new MessageCut(Integer.MAX_VALUE).head(text);
    String head = new MessageCut(limit).head(text);
    if (bytes(whole) > limit) {
      String kept = head.substring(0, head.lastIndexOf('…'));
      assertThat(bytes(kept)).isLessThanOrEqualTo(limit).isGreaterThan(limit - 4);
      assertThat(whole).startsWith(kept);
    } else {
      assertThat(head).isEqualTo(whole);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
