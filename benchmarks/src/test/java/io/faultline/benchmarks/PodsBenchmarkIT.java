package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** That the benchmark works, with few pods; not how fast anything is. */
class PodsBenchmarkIT {

  @Test
  void fewPodsAreMeasuredAndPrintedAsJson() throws Exception {
    Ran ran =
        Ran.benchmark("pods", "--pods", "60", "--warm-up", "10", "--ends", "30", "--rate", "10");

    assertThat(ran.code()).isZero();
    JsonNode json = new JsonMapper().readTree(ran.out());
    assertThat(json.at("/endToJobError/count").asInt()).isEqualTo(30);
    assertThat(json.at("/endToJobError/p50Ms").asDouble()).isPositive();
    assertThat(json.at("/memoryAfterRestartMib/rss").asInt()).isPositive();
  }
}
