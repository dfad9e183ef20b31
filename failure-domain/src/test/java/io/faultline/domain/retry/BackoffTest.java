package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Backoff DOUBLING = backoff("10", "2", "600", 0);

  private static Backoff backoff(String initial, String factor, String max, double jitter) {
    return new Backoff(
        Duration.ofSeconds(Long.parseLong(initial)),
        new BigDecimal(factor),
        Duration.ofSeconds(Long.parseLong(max)),
        jitter);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 20", "2, 40", "5, 320", "6, 600", "7, 600", "2147483647, 600"})
  void eachWaitIsLongerUntilTheLongest(int earlier, long seconds) {
    assertThat(DOUBLING.before(earlier, "run")).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(DOUBLING.plain(earlier)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aFactorOf1WaitsTheSameEachTime() {
    Backoff steady = backoff("7", "1", "600", 0);
    assertThat(steady.before(1_000_000_000, "run")).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void jobsThatFailTogetherDoNotComeBackTogether() {
    Backoff spread = backoff("100", "2", "600", 0.2);
    List<Duration> waits =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    spread.before(
                        0,
                        UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}).toString()))
            .toList();
    assertThat(waits).allMatch(wait -> wait.toMillis() >= 80_000 && wait.toMillis() <= 120_000);
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = 80_000 + tenth * 4_000L;
      assertThat(waits.stream().filter(w -> w.toMillis() >= from && w.toMillis() < from + 4_000))
          .as("a tenth of the spread")
          .hasSizeBetween(50, 150);
    }
  }

  @Property
  void noWaitIsAboveTheLongestAndTheSameRunAlwaysWaitsAsLong(
      @ForAll("backoffs") Backoff backoff,
      @ForAll @IntRange(max = 10_000) int earlier,
      @ForAll String runId) {
    Duration wait = backoff.before(earlier, runId);
    assertThat(wait).isBetween(Duration.ZERO, backoff.max());
    assertThat(backoff.before(earlier, runId)).isEqualTo(wait);
    assertThat(backoff.plain(earlier + 1)).isGreaterThanOrEqualTo(backoff.plain(earlier));
  }

  @Property
  void aTimeThatComesWithTheFailureLengthensTheWaitUpToTheLongestAndNeverShortensIt(
      @ForAll("backoffs") Backoff backoff,
      @ForAll @IntRange(max = 50) int earlier,
      @ForAll @IntRange(min = -1_000, max = 1_000_000) int seconds) {
    Instant without = Backoff.due(backoff, earlier, "run", null, NOW);
    Instant with = Backoff.due(backoff, earlier, "run", NOW.plusSeconds(seconds), NOW);
    assertThat(with).isBetween(without, NOW.plus(backoff.max()));
    if (with.isBefore(NOW.plus(backoff.max()))) {
      assertThat(with).isAfterOrEqualTo(NOW.plusSeconds(seconds));
    }
  }

  @Test
  void withoutABackoffARetryIsDueAtOnceOrWhenTheFailureSays() {
    assertThat(Backoff.due(null, 3, "run", null, NOW)).isEqualTo(NOW);
    assertThat(Backoff.due(null, 3, "run", NOW.plusSeconds(30), NOW))
        .isEqualTo(NOW.plusSeconds(30));
    assertThat(Backoff.due(null, 3, "run", NOW.minusSeconds(30), NOW)).isEqualTo(NOW);
    assertThat(Backoff.due(null, 3, "run", NOW.plusSeconds(86_400), NOW))
        .isEqualTo(NOW.plus(Backoff.DEFAULT_MAX));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(() -> backoff("-1", "2", "600", 0)).hasMessageContaining("initial");
    assertThatThrownBy(() -> backoff("10", "0.9", "600", 0)).hasMessageContaining("factor");
    assertThatThrownBy(() -> backoff("10", "101", "600", 0)).hasMessageContaining("factor");
    assertThatThrownBy(() -> backoff("10", "2", "9", 0)).hasMessageContaining("max");
    assertThatThrownBy(() -> backoff("10", "2", "2592001", 0)).hasMessageContaining("max");
    assertThatThrownBy(() -> backoff("10", "2", "600", 1.1)).hasMessageContaining("jitter");
    assertThatThrownBy(() -> backoff("10", "2", "600", Double.NaN)).hasMessageContaining("jitter");
  }

  @Provide
  Arbitrary<Backoff> backoffs() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000),
            Arbitraries.bigDecimals().between(BigDecimal.ONE, BigDecimal.valueOf(100)).ofScale(2),
            Arbitraries.longs().between(0, 1_000_000_000),
            Arbitraries.doubles().between(0, 1))
        .as(
            (initial, factor, more, jitter) ->
                new Backoff(
                    Duration.ofMillis(initial), factor, Duration.ofMillis(initial + more), jitter));
  }
}
