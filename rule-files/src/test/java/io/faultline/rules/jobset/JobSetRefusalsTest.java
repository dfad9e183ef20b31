package io.faultline.rules.jobset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.faultline.rules.yaml.RuleFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused in a manifest: one line with the place, the value, and what is allowed. */
class JobSetRefusalsTest {

  private static final String MANIFEST =
      """
      apiVersion: jobset.x-k8s.io/v1alpha2
      kind: JobSet
      metadata: {name: train}
      spec:
        network: {}
        replicatedJobs:
          - name: workers
            replicas: 2
            template:
              spec:
                parallelism: 4
                completions: 4
                template: {spec: {containers: [{name: main}]}}
      """;

  /** What is written in place of what, and the whole message. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        // not supported, by name
        spec(
            "successPolicy: {operator: Any}",
            "5:18: spec.successPolicy: successPolicy is not supported: a set succeeds when all its"
                + " jobs have; leave it out"),
        spec(
            "successPolicy: {operator: All, targetReplicatedJobs: [workers]}",
            "5:18: spec.successPolicy: successPolicy is not supported: a set succeeds when all its"
                + " jobs have; leave it out"),
        spec(
            "startupPolicy: {startupPolicyOrder: InOrder}",
            "5:39: spec.startupPolicy.startupPolicyOrder: startupPolicy InOrder is not supported:"
                + " the jobs of a set start together; leave it out"),
        spec(
            "suspend: true",
            "5:12: spec.suspend: suspend: true is not supported: leave it out, and cordon the"
                + " queue instead"),
        spec(
            "coordinator: {replicatedJob: workers}",
            "5:16: spec.coordinator: coordinator is not supported: leave it out, and give the"
                + " coordinator's host name to those who need it"),
        spec(
            "managedBy: kueue.x-k8s.io/multikueue",
            "5:14: spec.managedBy: managedBy \"kueue.x-k8s.io/multikueue\" is not supported: a set"
                + " that is submitted here is managed here; leave it out"),
        spec(
            "volumeClaimPolicies: []",
            "5:24: spec.volumeClaimPolicies: volumeClaimPolicies is not supported: no claims are"
                + " made for a set; make them before, and name them in the pod template"),
        replicatedJob(
            "dependsOn: [{name: driver, status: Ready}]",
            "8:18: spec.replicatedJobs[0].dependsOn: dependsOn is not supported: the jobs of a set"
                + " start together; leave it out"),
        job(
            "backoffLimitPerIndex: 1",
            "11:33: spec.replicatedJobs[0].template.spec.backoffLimitPerIndex: backoffLimitPerIndex"
                + " is not supported: a Job has one limit for all its pods; use backoffLimit"),
        job(
            "maxFailedIndexes: 1",
            "11:29: spec.replicatedJobs[0].template.spec.maxFailedIndexes: maxFailedIndexes is not"
                + " supported: a Job fails as a whole; use backoffLimit"),
        job(
            "successPolicy: {rules: [{succeededCount: 1}]}",
            "11:26: spec.replicatedJobs[0].template.spec.successPolicy: successPolicy is not"
                + " supported: a Job succeeds when all its pods have; leave it out"),
        job(
            "completionMode: NonIndexed",
            "11:27: spec.replicatedJobs[0].template.spec.completionMode: completionMode NonIndexed"
                + " is not supported: pods of a set have an index; leave it out"),
        job(
            "podReplacementPolicy: TerminatingOrFailed",
            "11:33: spec.replicatedJobs[0].template.spec.podReplacementPolicy: podReplacementPolicy"
                + " TerminatingOrFailed is not supported: a pod is replaced once it has ended;"
                + " write Failed, or leave it out"),
        job(
            "suspend: true",
            "11:20: spec.replicatedJobs[0].template.spec.suspend: suspend: true is not supported:"
                + " leave it out, and cordon the queue instead"),
        job(
            "selector: {matchLabels: {a: b}}",
            "11:21: spec.replicatedJobs[0].template.spec.selector: selector is not supported: pods"
                + " are found by their run; leave it out"),
        job(
            "manualSelector: true",
            "11:27: spec.replicatedJobs[0].template.spec.manualSelector: manualSelector is not"
                + " supported: pods are found by their run; leave it out"),
        job(
            "managedBy: acme.io/foo",
            "11:22: spec.replicatedJobs[0].template.spec.managedBy: managedBy is not supported: a"
                + " set that is submitted here is managed here; leave it out"),
        change(
            "{name: train}",
            "{name: train, annotations: {alpha.jobset.sigs.k8s.io/exclusive-topology: rack}}",
            "3:84: metadata.annotations.alpha.jobset.sigs.k8s.io/exclusive-topology: exclusive"
                + " placement is not supported: use affinity in the pod template instead"),
        change(
            "template:\n        spec",
            "template:\n        metadata: {annotations:"
                + " {alpha.jobset.sigs.k8s.io/exclusive-topology: rack}}\n        spec",
            "10:79: spec.replicatedJobs[0].template.metadata.annotations."
                + "alpha.jobset.sigs.k8s.io/exclusive-topology: exclusive placement is not"
                + " supported: use affinity in the pod template instead"),
        change(
            "{containers",
            "{restartPolicy: Always, containers",
            "13:44: spec.replicatedJobs[0].template.spec.template.spec.restartPolicy: restartPolicy"
                + " Always is not supported: use Never or OnFailure"),
        change(
            "{name: train}",
            "{generateName: train-}",
            "3:26: metadata.generateName: generateName is not supported: give the set a name"),
        // unknown or of another kind
        change(
            "v1alpha2",
            "v1",
            "1:13: apiVersion: unknown apiVersion \"jobset.x-k8s.io/v1\"; allowed:"
                + " jobset.x-k8s.io/v1alpha2"),
        change("kind: JobSet", "kind: Job", "2:7: kind: unknown kind \"Job\"; allowed: JobSet"),
        change("{name: train}", "{}", "3:11: metadata: the key \"name\" is missing"),
        spec(
            "failurepolicy: {}",
            "5:3: spec: unknown key \"failurepolicy\"; allowed: replicatedJobs, failurePolicy,"
                + " network, successPolicy, startupPolicy, suspend, managedBy,"
                + " ttlSecondsAfterFinished"),
        spec(
            "network: {subDomain: a}",
            "5:13: spec.network: unknown key \"subDomain\"; allowed: enableDNSHostnames, subdomain,"
                + " publishNotReadyAddresses"),
        replicatedJob(
            "replica: 2",
            "8:7: spec.replicatedJobs[0]: unknown key \"replica\"; allowed: name, groupName,"
                + " replicas, template, dependsOn"),
        job(
            "backofflimit: 2",
            "11:11: spec.replicatedJobs[0].template.spec: unknown key \"backofflimit\"; allowed:"
                + " parallelism, completions, completionMode, backoffLimit, podFailurePolicy,"
                + " activeDeadlineSeconds, podReplacementPolicy, suspend, ttlSecondsAfterFinished,"
                + " template"),
        // out of range, or not together
        replicatedJob(
            "replicas: 0",
            "8:17: spec.replicatedJobs[0].replicas: 0 is out of range; allowed: 1 to 100000"),
        job(
            "backoffLimit: -1",
            "11:25: spec.replicatedJobs[0].template.spec.backoffLimit: -1 is out of range; allowed:"
                + " 0 to 2147483647"),
        job(
            "activeDeadlineSeconds: 1.5",
            "11:34: spec.replicatedJobs[0].template.spec.activeDeadlineSeconds: a whole number is"
                + " expected, not 1.5"),
        change(
            "completions: 4",
            "completions: 3",
            "12:24: spec.replicatedJobs[0].template.spec.completions: completions and parallelism"
                + " must be equal (1 where absent), and here are 3 and 4"),
        change(
            "          completions: 4\n",
            "",
            "11:24: spec.replicatedJobs[0].template.spec.parallelism: completions and parallelism"
                + " must be equal (1 where absent), and here are 1 and 4"),
        change(
            "replicas: 2",
            "replicas: 25001",
            "7:7: spec.replicatedJobs[0]: with these the set has 100004 pods; allowed: 100000"),
        change(
            "spec: {containers: [{name: main}]}",
            "spec: {containers: []}",
            "13:41: spec.replicatedJobs[0].template.spec.template.spec.containers: at least one"
                + " container is expected"),
        // names
        change(
            "name: train",
            "name: 1train",
            "3:18: metadata.name: a name such as train-1 is expected (lower-case letters, digits"
                + " and - inside, a letter first, at most 63), not \"1train\""),
        change(
            "name: train",
            "name: a-name-with-which-the-names-of-pods-are-too-long-by-one",
            "3:18: metadata.name: the names of its pods would have up to 73 characters"
                + " (a-name-with-which-the-names-of-pods-are-too-long-by-one-workers-1-3-xxxxx);"
                + " allowed: 63"),
        change(
            "name: workers",
            "name: Workers",
            "7:13: spec.replicatedJobs[0].name: a name is a DNS label: lower-case letters, digits"
                + " and -, at most 63, not \"Workers\""),
        spec(
            "network: {subdomain: 1a}",
            "5:24: spec.network.subdomain: a name such as train-1 is expected (lower-case letters,"
                + " digits and - inside, a letter first, at most 63), not \"1a\""));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String original, String written, String message) {
    assertThat(MANIFEST).contains(original);

    assertThatThrownBy(() -> Manifests.read(MANIFEST.replace(original, written)))
        .isInstanceOf(RuleFileException.class)
        .hasMessage("jobset.yaml:" + message);
  }

  @Test
  void theManifestWithoutAMistakeIsAccepted() {
    assertThat(Manifests.read(MANIFEST).pods()).isEqualTo(8);
  }

  @Test
  void aReplicatedJobThatIsThereTwiceIsRefused() {
    String twice = MANIFEST + MANIFEST.substring(MANIFEST.indexOf("    - name: workers"));

    assertThatThrownBy(() -> Manifests.read(twice))
        .hasMessage(
            "jobset.yaml:14:13: spec.replicatedJobs[1].name: the replicated job's name \"workers\""
                + " is repeated");
  }

  @Test
  void aSetHasJobs() {
    String none =
        MANIFEST.substring(0, MANIFEST.indexOf("  replicatedJobs")) + "  replicatedJobs: []\n";

    assertThatThrownBy(() -> Manifests.read(none))
        .hasMessage(
            "jobset.yaml:6:19: spec.replicatedJobs: at least one replicated job is expected");
  }

  @Test
  void aNameThatJustFitsIsAccepted() {
    String longest = "n".repeat(63 - "-workers-1-3-xxxxx".length());

    assertThat(Manifests.read(MANIFEST.replace("train", longest)).name()).isEqualTo(longest);
    assertThatThrownBy(() -> Manifests.read(MANIFEST.replace("train", longest + "n")))
        .hasMessageContaining("would have up to 64 characters");
  }

  private static Arguments spec(String written, String message) {
    return change("network: {}", written, message);
  }

  private static Arguments replicatedJob(String written, String message) {
    return change("replicas: 2", written, message);
  }

  private static Arguments job(String written, String message) {
    return change("parallelism: 4\n", written + "\n          parallelism: 4\n", message);
  }

  private static Arguments change(String original, String written, String message) {
    return arguments(original, written, message);
  }
}
