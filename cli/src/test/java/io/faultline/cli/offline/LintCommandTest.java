package io.faultline.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
  private static final String GOOD =
      "{kind: RetryPolicy, name: p, retryLimit: 1, defaultAction: Fail}";
  private static final String DOUBTFUL = "{kind: RetryPolicy, name: p, defaultAction: Fail}";

  @TempDir Path folder;

  @Test
  void aGoodFileEndsWithZeroAndSaysNothing() throws IOException {
    assertThat(Ran.faultline("lint", "-f", file("good.yaml", GOOD))).isEqualTo(new Ran(0, "", ""));
  }

  @Test
  void aWarningEndsWithZeroAndWithStrictWithOne() throws IOException {
    String file = file("doubtful.yaml", DOUBTFUL);
    String warning =
        "warning: "
            + file
            + ":1:1: retryLimit is absent: this policy never retries; write 0 to mean it\n";
    assertThat(Ran.faultline("lint", "-f", file)).isEqualTo(new Ran(0, warning, ""));
    assertThat(Ran.faultline("lint", "-f", file, "--strict")).isEqualTo(new Ran(1, warning, ""));
  }

  @Test
  void everyRefusalOfEveryFileIsSaid() throws IOException {
    String broken = file("broken.yaml", GOOD + "\n---\n{kind: Nothing}\n---\n{kind: Queue}\n");
    String empty = file("empty.yaml", "");
    Ran ran = Ran.faultline("lint", "-f", broken, empty, "-f", "/no/such", "--strict");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            """
            faultline: %s:3:8: kind: unknown kind "Nothing"; allowed: Queue, Categories, RetryPolicy, Cordon, JobSet
            faultline: %s:5:1: the key "name" is missing
            faultline: %s: the file is empty
            faultline: /no/such: no such file
            """
                .formatted(broken, broken, empty));
  }

  @Test
  void aManifestOfJobSetIsReadAsItIs() throws IOException {
    String manifest =
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: train}
        spec:
          replicatedJobs: [{name: workers, template: {spec: {template: {spec: {containers: [{name: main}]}}}}}]
        """;
    assertThat(Ran.faultline("lint", "-f", file("jobset.yaml", manifest)))
        .isEqualTo(new Ran(0, "", ""));
    String refused = file("refused.yaml", manifest + "  successPolicy: {operator: Any}\n");
    assertThat(Ran.faultline("lint", "-f", refused))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: "
                    + refused
                    + ":6:18: spec.successPolicy: successPolicy is not supported: a set succeeds"
                    + " when all its jobs have; leave it out\n"));
  }

  @Test
  void eventTestsOfTheProjectAreGood() {
    for (String folder : new String[] {"../e2e/suite", "../deploy/examples/event-tests"}) {
      String[] files = Path.of(folder).toFile().list();
      assertThat(files).isNotEmpty();
      for (String name : files) {
        assertThat(Ran.faultline("lint", "-f", folder + "/" + name)).isEqualTo(new Ran(0, "", ""));
      }
    }
  }

  @Test
  void anEventTestIsReadAsOne() throws IOException {
    String bad =
        file("bad.yaml", "expectedEvents: [submitted: ]\njobs: [{}]\nqueue: q\nnumBatches: 0");
    assertThat(Ran.faultline("lint", "-f", bad).err()).contains("bad.yaml:4:13: numBatches: ");
    String stream = file("stream.yaml", "expectedEvents: [exploded: ]");
    assertThat(Ran.faultline("lint", "-f", stream).err()).contains("unknown event \"exploded\"");
  }

  @Test
  void filesAreLookedAtTogether() throws IOException {
    String policy =
        file(
            "policy.yaml",
            "{kind: RetryPolicy, name: p, retryLimit: 30, defaultAction: Fail, rules: [{action: Retry,"
                + " onCategory: gpus}]}");
    String categories =
        file(
            "c.yaml",
            "enabled: true\ncategories: [{name: gpu, rules: [{onPodError: {pattern: x}}]}]");
    String queue = file("queue.yaml", "{kind: Queue, name: q, retryPolicy: pp}");
    assertThat(Ran.faultline("lint", "-f", policy).out())
        .isEqualTo(
            "warning: %s:1:42: retryLimit: 30 is never reached: retryPolicy.globalMaxRetries, the cap over all policies, is 20; lower the limit, or raise the cap\n"
                .formatted(policy));
    assertThat(
            Ran.faultline(
                    "lint",
                    "-f",
                    policy,
                    categories,
                    queue,
                    "--global-max-retries",
                    "30",
                    "--default-policy",
                    "x")
                .out())
        .isEqualTo(
            """
            warning: retryPolicy.defaultPolicyName: no policy is named "x"; there are: p
            warning: %s:1:37: retryPolicy: no policy is named "pp"; there are: p
            warning: %s:1:103: rules[0].onCategory: never matches: no category is named "gpus" (did you mean gpu?); there are: gpu, internal
            """
                .formatted(queue, policy));
  }

  @Test
  void standardInputAndJson() {
    Ran ran = Ran.with(DOUBTFUL, Map.of(), "lint", "-f", "-", "-o", "jsonl");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith(
            "{\"errors\":[],\"warnings\":[{\"file\":\"(standard input)\",\"line\":1,\"column\":1,");
  }

  @Test
  void jobFilesAndQueuesAreReadToo() throws IOException {
    String jobs =
        file("jobs.yaml", "{queue: q, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}");
    String queue = file("queue.yaml", "{kind: Queue, name: q, resourceLimits: {cpu: 1}}");
    assertThat(Ran.faultline("lint", "-f", jobs)).isEqualTo(new Ran(0, "", ""));
    assertThat(Ran.faultline("lint", "-f", queue).out())
        .endsWith("resourceLimits: has no effect here\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
