package io.faultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That the benchmark works, on small sets; not how fast or how large anything is. */
class SetsBenchmarkIT {

  @Test
  void timesToTheDecisionArePrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json(
                "sets", "--members", "20", "--rounds", "2", "--warm-up-rounds", "1", "--large", "0")
            .path("decision");

    assertThat(json.at("/beyondWindow/count").asInt()).isEqualTo(2);
    assertThat(json.at("/beyondWindow/p50Ms").asDouble()).isPositive();
    assertThat(json.at("/failed/max").asInt()).isBetween(1, 20);
    assertThat(json.at("/beyondWindowOfOneMember/p50Ms").asDouble()).isPositive();
  }

  @Test
  void membersThatRestartAloneAreDecidedOneByOne() throws Exception {
    JsonNode json =
        Ran.json(
                "sets",
                "--action",
                "RESTART_JOB",
                "--members",
                "10",
                "--rounds",
                "1",
                "--warm-up-rounds",
                "0",
                "--large",
                "0")
            .path("decision");

    assertThat(json.at("/beyondWindow/count").asInt()).isEqualTo(1);
  }

  @Test
  void sizesOfTheStateArePrintedAsJson() throws Exception {
    JsonNode json =
        Ran.json("sets", "--rounds", "0", "--large", "200", "--large-window", "10000")
            .path("state");

    assertThat(json.path("failed").asInt()).isBetween(1, 200);
    assertThat(json.at("/gathered/latestMibOf/sets").asDouble()).isPositive();
    for (String when : new String[] {"gathered", "runningAgain"}) {
      assertThat(json.path(when).path("diskMib").asDouble()).isPositive();
      assertThat(json.path(when).path("changelogsMib").asDouble()).isPositive();
    }
  }

  @Test
  void anActionThatEndsTheSetIsRefused() {
    assertThat(Ran.benchmark("sets", "--action", "FAIL_JOB_SET").code()).isEqualTo(2);
  }
}
