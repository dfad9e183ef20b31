package io.faultline.rules.jobset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.rules.yaml.YamlFile;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSetSubmissionTest {

  private static final String MANIFEST =
      """
      apiVersion: jobset.x-k8s.io/v1alpha2
      kind: JobSet
      metadata: {name: train%s}
      spec: {replicatedJobs: [{name: a, template: {spec: {template: {spec: {containers: [{name: main}]}}}}}]}
      status: {restarts: 1}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ', labels: {kueue.x-k8s.io/queue-name: lab}' | | lab
          ', labels: {faultline.io/queue: lab}' | | lab
          ', annotations: {faultline.io/queue: lab}' | | lab
          ', labels: {faultline.io/queue: lab}, annotations: {faultline.io/queue: lab}' | | lab
          ', labels: {kueue.x-k8s.io/queue-name: lab}' | given | given
          '' | given | given
          """)
  void theQueueIsTheOneGivenElseTheOneThatTheManifestNames(
      String metadata, String given, String queue) {
    JobSetSubmission read = read(metadata, Optional.ofNullable(given), Optional.empty());
    assertThat(read.queue()).isEqualTo(queue);
    assertThat(read.jobSet()).isEqualTo("train");
    assertThat(read.set().name()).isEqualTo("train");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | metadata: no queue is named; give it with the request, or as label kueue.x-k8s.io/queue-name, or as label or annotation faultline.io/queue
          ', labels: {kueue.x-k8s.io/queue-name: a, faultline.io/queue: b}' | metadata.labels.faultline.io/queue: the queue is "b" here and "a" elsewhere
          ', labels: {faultline.io/queue: "a b"}' | metadata.labels.faultline.io/queue: a queue's name is letters, digits
          ', labels: {faultline.io/queue: q}, annotations: {faultline.io/jobSet: ""}' | metadata.annotations.faultline.io/jobSet: 1 to 255 characters
          """)
  void aManifestWithoutAQueueOrWithTwoIsRefusedWithTheirPlace(String metadata, String message) {
    assertThatThrownBy(() -> read(metadata, Optional.empty(), Optional.empty()))
        .hasMessageContaining(message);
  }

  @Test
  void theJobSetIsTheOneGivenElseTheOneThatTheManifestNames() {
    String metadata = ", annotations: {faultline.io/queue: q, faultline.io/jobSet: nightly}";
    assertThat(read(metadata, Optional.empty(), Optional.empty()).jobSet()).isEqualTo("nightly");
    assertThat(read(metadata, Optional.empty(), Optional.of("s")).jobSet()).isEqualTo("s");
  }

  @Test
  void theManifestThatIsKeptReadsTheSameAndHasNoStatus() {
    JobSetSubmission read = read("", Optional.of("q"), Optional.empty());
    assertThat(read.manifest()).startsWith("{\"apiVersion\"").doesNotContain("status");
    assertThat(JobSetReader.read(YamlFile.read("kept", read.manifest()).single()))
        .isEqualTo(read.set());
  }

  @Test
  void aSetWhoseDefinitionWouldBeTooLongIsRefused() {
    String job = "{name: a%d, template: {spec: {template: {spec: {containers: [{name: main}]}}}}}";
    String jobs =
        IntStream.range(0, 2001).mapToObj(job::formatted).collect(Collectors.joining(", "));
    assertThatThrownBy(() -> withSpec("replicatedJobs: [" + jobs + "]"))
        .hasMessageContaining("spec.replicatedJobs: here are 2001 replicated jobs; allowed: 2000");
    String rule =
        "{action: FailJobSet, onJobFailureMessagePatterns: [\"" + "a".repeat(600) + "\"]}";
    String rules = String.join(", ", Collections.nCopies(2_000, rule));
    assertThatThrownBy(
            () ->
                withSpec(
                    "failurePolicy: {rules: ["
                        + rules
                        + "]}, replicatedJobs: ["
                        + job.formatted(0)
                        + "]"))
        .hasMessageContaining("spec: the policies of the set have 1")
        .hasMessageContaining("characters as JSON; allowed: 1048576");
  }

  private static JobSetSubmission withSpec(String spec) {
    String head = "apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\nmetadata: {name: t}\n";
    return JobSetSubmission.read(
        YamlFile.read("s.yaml", head + "spec: {" + spec + "}").single(),
        Optional.of("q"),
        Optional.empty());
  }

  private static JobSetSubmission read(
      String metadata, Optional<String> queue, Optional<String> jobSet) {
    return JobSetSubmission.read(
        YamlFile.read("s.yaml", MANIFEST.formatted(metadata)).single(), queue, jobSet);
  }
}
