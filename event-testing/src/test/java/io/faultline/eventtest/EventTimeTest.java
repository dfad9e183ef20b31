package io.faultline.eventtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It must say what the JDK's parser says. */
class EventTimeTest {

  @Property
  void everyInstantIsReadAsItIsWritten(@ForAll("instants") Instant instant) {
    assertThat(EventTime.parse(instant.toString())).contains(instant);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-62_000_000_000L, 300_000_000_000L)
        .flatMap(
            s ->
                Arbitraries.integers()
                    .between(0, 999_999_999)
                    .map(n -> Instant.ofEpochSecond(s, n)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.1Z",
        "2026-03-01T10:00:00.123456789Z",
        "2026-03-01T10:00:00.1234567890Z",
        "2026-03-01T10:00:00.Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T10:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-13-01T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2024-02-29T10:00:00Z",
        "2026-03-01T10:00:00+01:00",
        "2026-03-01 10:00:00Z",
        "2026-03-01T10:00Z",
        "2026-03-01",
        "+12026-03-01T10:00:00Z",
        "",
        "Z",
        "noon",
      })
  void everyTextIsReadAsTheJdkReadsIt(String text) {
    assertThat(EventTime.parse(text)).isEqualTo(ofJdk(text));
  }

  private static Optional<Instant> ofJdk(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
