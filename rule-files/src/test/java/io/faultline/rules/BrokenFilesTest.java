package io.faultline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.rules.categories.CategoriesLint;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.group.FailurePolicyLint;
import io.faultline.rules.group.GroupAnswer;
import io.faultline.rules.group.GroupFileReader;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.kubernetes.PodReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is in a file, it is read or refused in one line with its name; nothing else is thrown.
 */
class BrokenFilesTest {
  private static final List<String> WHOLE =
      List.of(
          """
          enabled: true
          defaultCategory: other
          categories: &c
            - name: gpu
              action: Delete
              rules:
                - onTerminationMessage: {pattern: "(?i)(cuda|ecc){1,3}.*[^a-f\\\\d]err(or)?$"}
                  hint: >
                    Look at it
                - onExitCodes: {operator: NotIn, values: [0, 1]}
          """,
          "{\"kind\": \"PodFailed\", \"podReason\": \"Evicted\", \"containers\": [{\"name\": \"a\","
              + " \"exitCode\": 137, \"message\": \"\\u00e4\\ud83d\\ude00\", \"lastState\":"
              + " {\"exitCode\": 1}}]}",
          """
          kind: Pod
          status:
            message: "x"
            containerStatuses:
            - name: main
              state: {terminated: {exitCode: 1, reason: Error}}
          """,
          """
          kind: JobSet
          spec:
            replicatedJobs: [{name: a, replicas: 4, template: {spec: {podFailurePolicy: {}}}}]
            failurePolicy:
              maxRestarts: 3
              rules:
              - {name: r, action: RestartJob, onJobFailureReasons: [PodFailurePolicy],
                 onJobFailureMessagePatterns: ["exit code (1|2)$"], targetReplicatedJobs: [a]}
          """,
          """
          replicatedJobs: [{name: a, replicas: 4}]
          status: {restarts: 1, replicatedJobsStatus: [{name: a, jobRestarts: [0, 1]}]}
          settleWindow: 2s
          failedJobs:
          - {name: a-0, replicatedJob: a, index: 0, exitCode: 143, finishedAt: "2026-03-01T10:05:00Z"}
          - {name: a-1, replicatedJob: a, index: 1, attempt: 0, finishedAt: "2026-03-01T10:05:01Z"}
          """);

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void aBrokenFileIsReadOrRefused(@ForAll("broken") byte[] bytes) {
    refusedAtMost(
        () -> {
          YamlNode node = YamlFile.read("broken.yaml", bytes).single();
          CategoriesReader.read(node);
          CategoriesLint.of(node);
          RecordedFailure.read(node);
          PodReader.evidence(node, Optional.of(node), "", MessageCut.STANDARD);
        });
    refusedAtMost(() -> FailurePolicyLint.of(YamlFile.read("broken.yaml", bytes).single()));
    refusedAtMost(
        () ->
            GroupAnswer.of(
                Optional.of(new FailurePolicy(1, List.of())),
                GroupFileReader.read(YamlFile.read("broken.yaml", bytes).single())));
  }

  private static void refusedAtMost(Runnable reading) {
    try {
      reading.run();
    } catch (RuleFileException e) {
      assertThat(e.getMessage()).startsWith("broken.yaml").doesNotContain("\n");
    }
  }

  @Provide
  Arbitrary<byte[]> broken() {
    Arbitrary<String> junk =
        Arbitraries.of(
            "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\t", "&a ", "*a", "*c", "<<: *c",
            "!", "!!str ", "|", ">", "'", "\"", "\\", "\0", "\u0085", "\uFEFF", "😀", "#", "%",
            "---\n", "...\n", "(", ")", "{1,", "}}", "(?i", "\\Q", "9", "-1", "null", "~", "? ",
            "@", "`", ",");
    Arbitrary<Double> places = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(
            Arbitraries.of(WHOLE),
            junk.list().ofMinSize(1).ofMaxSize(4),
            places.list().ofSize(4),
            Arbitraries.integers().between(0, 12),
            Arbitraries.bytes().injectNull(0.9))
        .as(BrokenFilesTest::breakAt);
  }

  private static byte[] breakAt(
      String whole, List<String> junk, List<Double> places, int cut, Byte raw) {
    StringBuilder text = new StringBuilder(whole);
    for (int i = 0; i < junk.size(); i++) {
      int at = (int) (places.get(i) * text.length());
      text.replace(at, Math.min(text.length(), at + (i == 0 ? cut : 0)), junk.get(i));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (raw != null) {
      bytes[(int) (places.get(0) * (bytes.length - 1))] = raw;
    }
    return bytes;
  }
}
