package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That the benchmark works, on a small load; not how fast anything is. */
class PipelineBenchmarkIT {

  @Test
  void aSmallLoadIsMeasuredAndPrintedAsJson() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      code =
          new CommandLine(new Benchmarks())
              .execute("pipeline", "--rate", "20", "--warm-up", "1", "--seconds", "3");
    } finally {
      System.setOut(before);
    }
    assertThat(code).isZero();
    JsonNode json = new JsonMapper().readTree(printed.toByteArray());
    assertThat(json.at("/jobErrorToJobFailed/count").asInt()).isEqualTo(60);
    assertThat(json.at("/jobErrorToJobFailed/p50Ms").asDouble()).isPositive();
    assertThat(json.path("jobErrorBytes").asInt()).isBetween(400, 600);
  }
}
