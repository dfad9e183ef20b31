package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** That the benchmark works, on a small load; not how fast anything is. */
class PipelineBenchmarkIT {

  @Test
  void aSmallLoadIsMeasuredAndPrintedAsJson() throws Exception {
    Ran ran = Ran.benchmark("pipeline", "--rate", "20", "--warm-up", "1", "--seconds", "3");

    assertThat(ran.code()).isZero();
    JsonNode json = new JsonMapper().readTree(ran.out());
    assertThat(json.at("/jobErrorToJobFailed/count").asInt()).isEqualTo(60);
    assertThat(json.at("/jobErrorToJobFailed/p50Ms").asDouble()).isPositive();
    assertThat(json.path("jobErrorBytes").asInt()).isBetween(400, 600);
  }
}
