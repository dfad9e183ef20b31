package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works on a recorded stream; a live one needs all of {@code up}. */
class EventsBenchmarkTest {

  @Test
  void recordedStreamIsJudgedBesideBeingParsed() throws Exception {
    JsonNode recorded = Ran.json("events", "--events", "8000", "--jobs", "0").path("recorded");

    assertThat(recorded.path("events").asInt()).isEqualTo(8000);
    assertThat(recorded.path("ratioToParsing").asDouble()).isPositive();
  }
}
