package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works, with few pods; not how fast anything is. */
class PodsBenchmarkIT {

  @Test
  void fewPodsAreMeasuredAndPrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json("pods", "--pods", "60", "--warm-up", "10", "--ends", "30", "--rate", "10");

    assertThat(json.at("/endToJobError/count").asInt()).isEqualTo(30);
    assertThat(json.at("/endToJobError/p50Ms").asDouble()).isPositive();
    assertThat(json.at("/memoryAfterRestartMib/rss").asInt()).isPositive();
  }
}
