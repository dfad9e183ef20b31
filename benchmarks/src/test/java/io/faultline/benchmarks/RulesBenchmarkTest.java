package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works; not how fast anything is. */
class RulesBenchmarkTest {

  @Test
  void eachKindOfRuleIsMeasuredAndPrintedAsJson() throws Exception {
    JsonNode results =
        Ran.json("rules", "--forks", "0", "--millis", "1", "--iterations", "1", "--rules", "10");

    assertThat(results.findValuesAsText("benchmark"))
        .startsWith("classify", "classify", "classify", "decide")
        .hasSize(3 + 4 * 2);
    assertThat(results.findValuesAsText("kind"))
        .startsWith("LITERALS", "CASE_INSENSITIVE", "EXIT_CODES")
        .contains("CATEGORIES", "CONDITIONS");
    assertThat(results.findValuesAsText("trace")).contains("true", "false").hasSize(8);
    assertThat(results.findValues("micros")).allMatch(micros -> micros.asDouble() > 0);
  }
}
