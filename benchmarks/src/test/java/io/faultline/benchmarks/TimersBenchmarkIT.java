package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class TimersBenchmarkIT {

  @Test
  void speedsAndLatenessArePrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json(
            "timers",
            "--timers",
            "300",
            "--jobs",
            "200",
            "--rounds",
            "1",
            "--rate",
            "100",
            "--seconds",
            "2",
            "--lead",
            "3");

    assertThat(json.at("/without/perSecond").asInt()).isPositive();
    assertThat(json.path("whilePendingToWithout").asDouble()).isPositive();
    assertThat(json.at("/late/count").asInt()).isEqualTo(200);
    assertThat(json.at("/late/p50Ms").asDouble()).isPositive();
  }
}
