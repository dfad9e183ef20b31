package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * A benchmark, run in this process.
 *
 * @param code its exit code
 * @param out what it printed
 */
record Ran(int code, String out) {

  /** What a benchmark printed that ended well. */
  static JsonNode json(String... args) throws JsonProcessingException {
    Ran ran = benchmark(args);
    assertThat(ran.code()).isZero();
    return new JsonMapper().readTree(ran.out());
  }

  static Ran benchmark(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      int code = new CommandLine(new Benchmarks()).execute(args);
      return new Ran(code, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
