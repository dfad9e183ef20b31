package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRate.Scope;
import io.faultline.domain.classify.FailureRates;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownRatesTest {
  private static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");

  private Instant now = HOUR.plusSeconds(60);
  private final KnownRates rates = new KnownRates(() -> now);

  @Test
  void theNewestCountOfAnHourReplacesOthers() {
    rates.take(node("n", HOUR, 1));
    rates.take(node("n", HOUR, 3));
    assertThat(asked("n", HOUR.plusSeconds(3_599))).isEqualTo(3);
    assertThat(asked("m", HOUR)).isZero();
    assertThat(asked("", HOUR)).isZero();
  }

  @Test
  void onlyThisHourAndTheOneBeforeAreKept() {
    rates.take(node("n", HOUR.minusSeconds(7_200), 1));
    rates.take(node("n", HOUR.minusSeconds(3_600), 2));
    rates.take(node("n", HOUR, 3));
    rates.take(node("n", Instant.parse("2099-01-01T00:00:00Z"), 4));
    assertThat(asked("n", HOUR.minusSeconds(7_200))).isZero();
    assertThat(asked("n", HOUR.minusSeconds(1))).isEqualTo(2);
    assertThat(asked("n", HOUR)).isEqualTo(3);
    assertThat(asked("n", Instant.parse("2099-01-01T00:00:00Z"))).isZero();

    now = now.plusSeconds(3_600);
    rates.take(node("other", HOUR.plusSeconds(3_600), 1));
    assertThat(asked("n", HOUR.minusSeconds(1))).isZero();
    assertThat(asked("n", HOUR)).isEqualTo(3);
  }

  @Test
  void noMoreNamesAreKeptThanFitAndThoseThatAreGoOn() {
    for (int i = 0; i <= KnownRates.MOST_OF_AN_HOUR; i++) {
      rates.take(node("n-" + i, HOUR, 1));
    }
    rates.take(node("n-0", HOUR, 2));
    assertThat(asked("n-0", HOUR)).isEqualTo(2);
    assertThat(asked("n-" + (KnownRates.MOST_OF_AN_HOUR - 1), HOUR)).isEqualTo(1);
    assertThat(asked("n-" + KnownRates.MOST_OF_AN_HOUR, HOUR)).isZero();
  }

  private long asked(String node, Instant at) {
    FailureRates known = rates.of("q", "c", node, at);
    return known.nodeHour();
  }

  private static FailureRate node(String node, Instant hour, long failures) {
    return new FailureRate(Scope.NODE, "", "", node, hour, failures);
  }
}
