package io.faultline.rules.jobset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.JobSetMember;
import io.faultline.domain.workload.JobSetPod;
import io.faultline.domain.workload.JobSetSpec;
import io.faultline.domain.workload.PodFailureAction;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.domain.workload.PodRequirement.Conditions;
import io.faultline.domain.workload.PodRequirement.Conditions.Wanted;
import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSetReaderTest {

  @ParameterizedTest
  @CsvSource({
    "defaults.yaml, 5, false",
    "network.yaml, 5, false",
    "fail-at-once.yaml, 4, true",
    "blocking-restart.yaml, 2, true",
    "restart-one.yaml, 4, true",
    "maintenance.yaml, 4, true",
    "as-the-cluster-prints-it.yaml, 6, false",
  })
  void theShapesOfJobSetsOwnExamplesAreAccepted(String name, long pods, boolean failurePolicy) {
    JobSetSpec set = Manifests.named(name);

    assertThat(set.pods()).isEqualTo(pods);
    assertThat(set.members().flatMap(JobSetMember::pods)).hasSize((int) pods);
    assertThat(set.failurePolicy() != null).isEqualTo(failurePolicy);
  }

  @Test
  void theFailurePolicyIsReadAndFitsTheJobsOfTheSet() {
    assertThat(Manifests.named("maintenance.yaml").failurePolicy().rules()).hasSize(2);

    String other =
        Manifests.text("maintenance.yaml")
            .replace("targetReplicatedJobs: [leader]", "targetReplicatedJobs: [nobody]");
    assertThatThrownBy(() -> Manifests.read(other))
        .hasMessageContaining("spec.failurePolicy.rules[")
        .hasMessageContaining("nobody");
  }

  @Test
  void whatIsAbsentHasJobSetsOwnDefaults() {
    JobSetSpec set = Manifests.named("defaults.yaml");

    assertThat(set.namespace()).isEqualTo("default");
    assertThat(set.subdomain()).isEqualTo("train");
    assertThat(set.labels()).isEmpty();
    ReplicatedJobSpec driver = set.replicatedJobs().get(1);
    assertThat(driver.groupName()).isEqualTo("default");
    assertThat(driver.replicas()).isEqualTo(1);
    assertThat(driver.pods()).isEqualTo(1);
    assertThat(driver.limits()).isEqualTo(new JobLimits(PodFailurePolicy.NONE, 6, null));
    assertThat(set.replicatedJobs().get(0).limits().backoffLimit()).isZero();
  }

  @Test
  void theSetItselfKeepsItsLabelsAndAnnotations() {
    JobSetSpec set = Manifests.named("network.yaml");

    assertThat(set.namespace()).isEqualTo("research");
    assertThat(set.name()).isEqualTo("net");
    assertThat(set.labels()).isEqualTo(Map.of("team", "a"));
    assertThat(set.annotations()).isEqualTo(Map.of("note", "1"));
  }

  @Test
  void theInnerLayerIsRead() {
    String text =
        Manifests.text("maintenance.yaml")
            .replace("completions: 2\n          p", "activeDeadlineSeconds: 90\n          p")
            .replace("parallelism: 2\n          template", "template")
            .replace("          parallelism: 2\n", "");
    List<ReplicatedJobSpec> jobs = Manifests.read(text).replicatedJobs();

    assertThat(jobs.get(0).limits())
        .isEqualTo(
            new JobLimits(
                new PodFailurePolicy(
                    List.of(
                        new PodFailurePolicy.Rule(
                            PodFailureAction.FAIL_JOB,
                            new Conditions(List.of(new Wanted("DisruptionTarget", "True")))))),
                0,
                Duration.ofSeconds(90)));
    assertThat(jobs.get(1).limits().podFailurePolicy()).isEqualTo(PodFailurePolicy.NONE);
  }

  @Test
  void membersAndPodsHaveTheNamesThatJobSetGives() {
    JobSetSpec set = Manifests.named("network.yaml");

    assertThat(set.members().map(JobSetMember::jobName))
        .containsExactly("net-leader-0", "net-workers-0", "net-workers-1");
    assertThat(set.members().flatMap(JobSetMember::pods).map(JobSetPod::hostname))
        .containsExactly(
            "net-leader-0-0",
            "net-workers-0-0",
            "net-workers-0-1",
            "net-workers-1-0",
            "net-workers-1-1");
    assertThat(set.members().flatMap(JobSetMember::pods).map(JobSetPod::subdomain))
        .containsOnly("example");
  }

  @Test
  void withoutHostNamesThereIsNoSubdomain() {
    String text =
        Manifests.text("network.yaml")
            .replace("enableDNSHostnames: true", "enableDNSHostnames: false");

    assertThat(Manifests.read(text).subdomain()).isEmpty();
  }

  @Test
  void aPodHasTheLabelsOfItsTemplateOfJobSetAndOfItsJob() {
    JobSetSpec set =
        Manifests.read(
            Manifests.text("as-the-cluster-prints-it.yaml")
                .replace(
                    "labels: {app: trainer}",
                    "labels: {app: trainer, job-name: mine}, annotations: {note: x}"));
    JobSetPod pod = set.members().toList().get(2).pods().toList().get(1);

    Map<String, String> ofJobSet =
        Map.ofEntries(
            Map.entry("jobset.sigs.k8s.io/jobset-name", "printed"),
            Map.entry("jobset.sigs.k8s.io/replicatedjob-name", "workers"),
            Map.entry("jobset.sigs.k8s.io/replicatedjob-replicas", "3"),
            Map.entry("jobset.sigs.k8s.io/global-replicas", "3"),
            Map.entry("jobset.sigs.k8s.io/job-index", "2"),
            Map.entry("jobset.sigs.k8s.io/job-global-index", "2"),
            Map.entry("jobset.sigs.k8s.io/group-name", "default"),
            Map.entry("jobset.sigs.k8s.io/group-replicas", "3"),
            Map.entry("jobset.sigs.k8s.io/job-group-index", "2"),
            Map.entry("jobset.sigs.k8s.io/restart-attempt", "4"),
            Map.entry("jobset.sigs.k8s.io/job-restart-attempt", "1"),
            Map.entry("batch.kubernetes.io/job-completion-index", "1"));
    assertThat(pod.labels(4, 1))
        .containsAllEntriesOf(ofJobSet)
        .containsEntry("app", "trainer")
        .containsEntry("job-name", "printed-workers-2")
        .containsEntry("batch.kubernetes.io/job-name", "printed-workers-2")
        .hasSize(ofJobSet.size() + 3);
    assertThat(pod.annotations(4, 1))
        .containsAllEntriesOf(ofJobSet)
        .containsEntry("note", "x")
        .hasSize(ofJobSet.size() + 1);
    assertThat(pod.environment()).isEqualTo(Map.of("JOB_COMPLETION_INDEX", "1"));
  }

  @Test
  void indexesOfTheSetAndOfAGroupGoOnFromOneReplicatedJobToTheNext() {
    String text =
        Manifests.text("network.yaml")
            .replace(
                "- name: workers", "- name: between\n      template: *job\n    - name: workers")
            .replace(
                "template: {spec: {backoffLimit: 0, completions: 1",
                "template: &job {spec: {backoffLimit: 0, completions: 1")
            .replace("      replicas: 1\n", "      replicas: 1\n      groupName: compute\n")
            .replace("      replicas: 2\n", "      replicas: 2\n      groupName: compute\n");
    JobSetPod last = Manifests.read(text).members().toList().get(3).pods().toList().get(0);

    assertThat(last.labels(0, 0))
        .containsEntry("jobset.sigs.k8s.io/job-index", "1")
        .containsEntry("jobset.sigs.k8s.io/job-global-index", "3")
        .containsEntry("jobset.sigs.k8s.io/global-replicas", "4")
        .containsEntry("jobset.sigs.k8s.io/group-name", "compute")
        .containsEntry("jobset.sigs.k8s.io/job-group-index", "2")
        .containsEntry("jobset.sigs.k8s.io/group-replicas", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart-one.yaml", "as-the-cluster-prints-it.yaml", "defaults.yaml"})
  void eachAttemptIsAPodOfItsOwnWhateverTheTemplateSays(String name) {
    assertThat(Manifests.named(name).replicatedJobs())
        .allSatisfy(job -> assertThat(job.podSpec()).contains("\"restartPolicy\":\"Never\""));
  }

  @Test
  void whatIsUnknownInAPodTemplateIsPassedOn() {
    assertThat(Manifests.named("as-the-cluster-prints-it.yaml").replicatedJobs().get(0))
        .extracting(ReplicatedJobSpec::podSpec)
        .asString()
        .contains("\"schedulerName\":\"default-scheduler\"");
  }

  @Test
  void whatHasNoEffectIsWarnedOfWithItsPlace() {
    YamlNode manifest =
        YamlFile.read("jobset.yaml", Manifests.text("as-the-cluster-prints-it.yaml")).single();

    assertThat(JobSetLint.of(manifest).stream().map(LintWarning::toString))
        .containsExactly(
            "jobset.yaml:37:36: spec.replicatedJobs[0].template.spec.ttlSecondsAfterFinished:"
                + " ttlSecondsAfterFinished has no effect: executor.kubernetes.keepFailed says how"
                + " long pods are kept",
            "jobset.yaml:41:28: spec.ttlSecondsAfterFinished: ttlSecondsAfterFinished has no"
                + " effect: executor.kubernetes.keepFailed says how long pods are kept");
    assertThat(JobSetLint.of(YamlFile.read("f", Manifests.text("defaults.yaml")).single()))
        .isEmpty();
  }
}
