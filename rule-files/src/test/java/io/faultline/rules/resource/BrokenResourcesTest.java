package io.faultline.rules.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.job.JobFile;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is in a resource or job file, it is read or refused in one line with its name. */
class BrokenResourcesTest {
  private static final List<String> WHOLE =
      List.of(
          """
          apiVersion: faultline.io/v1
          kind: RetryPolicy
          name: ml
          retryLimit: 3
          defaultAction: Fail
          rules:
            - name: a
              action: Retry
              onCategory: gpu
              onExitCodes: {operator: In, values: [74, -75]}
              onTerminationMessagePattern: "(?i)ecc"
              mutate: {affinity: {avoidSameNode: true}, resources: {memory: {factor: 1.5}}}
          ---
          {apiVersion: faultline.io/v1, kind: Queue, name: q, priorityFactor: 1.5, retryPolicies: [ml]}
          """,
          """
          queue: q
          jobSetId: s
          jobs:
            - priority: 1e3
              annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: "2"}
              podSpec: {containers: [{name: a, resources: {limits: {memory: 1Gi, cpu: 0.5}}}]}
          """);
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\n",
          "---\n",
          "null",
          "[]",
          "{}",
          "0",
          "-1",
          "1e999",
          "\"",
          ":",
          "- ",
          "\u0000",
          "\ud83d\ude00",
          "99999999999999999999");

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void aBrokenFileIsReadOrRefused(@ForAll("broken") String text) {
    refusedAtMost(() -> ResourceFile.read("f.yaml", text));
    refusedAtMost(() -> JobFile.read(YamlFile.read("f.yaml", text).single()));
  }

  private static void refusedAtMost(Runnable read) {
    try {
      read.run();
    } catch (RuleFileException e) {
      assertThat(e.getMessage()).startsWith("f.yaml:").doesNotContain("\n");
    }
  }

  @Provide
  Arbitrary<String> broken() {
    return Combinators.combine(
            Arbitraries.of(WHOLE),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 8),
            Arbitraries.of(PIECES))
        .as(
            (whole, where, cut, piece) -> {
              int at = (int) (where * whole.length());
              int end = Math.min(whole.length(), at + cut);
              return whole.substring(0, at) + piece + whole.substring(end);
            });
  }
}
