package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** That the benchmark works on a recorded stream; a live one needs all of {@code up}. */
class EventsBenchmarkTest {

  @Test
  void recordedStreamIsJudgedBesideBeingParsed() throws Exception {
    Ran ran = Ran.benchmark("events", "--events", "8000", "--jobs", "0");

    assertThat(ran.code()).isZero();
    JsonNode recorded = new JsonMapper().readTree(ran.out()).path("recorded");
    assertThat(recorded.path("events").asInt()).isEqualTo(8000);
    assertThat(recorded.path("ratioToParsing").asDouble()).isPositive();
  }
}
