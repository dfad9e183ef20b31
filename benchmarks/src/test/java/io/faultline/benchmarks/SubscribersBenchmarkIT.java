package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works, with few subscribers; not how fast anything is. */
class SubscribersBenchmarkIT {

  @Test
  void fewSubscribersAreMeasuredAndPrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json(
            "subscribers",
            "--subscribers",
            "20",
            "--rate",
            "50",
            "--warm-up",
            "1",
            "--seconds",
            "2");

    assertThat(json.at("/readableToArrival/count").asInt()).isEqualTo(500);
    assertThat(json.at("/commitToArrival/p50Ms").asDouble()).isPositive();
    assertThat(json.path("serverCores").isNumber()).isTrue();
  }
}
