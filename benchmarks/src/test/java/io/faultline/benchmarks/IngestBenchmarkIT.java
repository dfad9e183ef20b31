package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works, on few rows; not how fast anything is. */
class IngestBenchmarkIT {

  @Test
  void aFewRowsAreMeasuredAndPrintedAsJson() throws Exception {
    JsonNode round = Ran.json("ingest", "--jobs", "1000", "--rounds", "1").get(0);

    assertThat(round.path("failuresPerSecond").asLong()).isPositive();
    assertThat(round.path("bareCopyRowsPerSecond").asLong()).isPositive();
    // 1,100 failures of three messages each, a hundred of which have a fourth
    assertThat(round.path("rowsRefused").asInt()).isEqualTo(2);
  }
}
