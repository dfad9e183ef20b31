package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmark works, on a small load; not how fast anything is. */
class PipelineBenchmarkIT {

  @Test
  void latencyAtASteadyRateIsPrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json("pipeline", "--rounds", "0", "--rate", "20", "--warm-up", "1", "--seconds", "3")
            .path("latency");

    assertThat(json.at("/jobErrorToJobFailed/count").asInt()).isEqualTo(60);
    assertThat(json.at("/jobErrorToJobFailed/p50Ms").asDouble()).isPositive();
    assertThat(json.path("jobErrorBytes").asInt()).isBetween(400, 600);
  }

  @Test
  void throughputOfTheVariantsAskedForIsPrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json(
                "pipeline",
                "--rate",
                "0",
                "--rounds",
                "1",
                "--warm-up-rounds",
                "1",
                "--jobs",
                "200",
                "--variants",
                "rules,bytes")
            .path("throughput");

    assertThat(json.path("jobs").asInt()).isEqualTo(200);
    assertThat(json.has("least")).isFalse();
    for (String variant : List.of("rules", "bytes")) {
      assertThat(json.at("/" + variant + "/perSecond/median").asInt()).isPositive();
      assertThat(json.at("/" + variant + "/cpuMicros/median").isNumber()).isTrue();
    }
  }
}
