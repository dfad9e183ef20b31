package io.faultline.rules.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.rules.yaml.YamlFile;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFileTest {
  private static final String POD = "podSpec: {containers: [{name: main}]}";

  @Test
  void aJobFileIsRead() {
    JobFile file =
        read(
            """
            queue: research
            jobSetId: nightly-1
            jobs:
              - priority: 0.5
                namespace: personal
                clientId: my-id
                labels: {team: a}
                annotations: {armadaproject.io/gangId: g1, armadaproject.io/gangCardinality: "1", faultline.io/failFast: "true"}
                podSpec: {restartPolicy: Never, containers: [{name: main, image: "alpine:3.20", command: [sh, -c, "exit 74"], resources: {limits: {memory: 64Mi, cpu: 0.5}}}]}
              - podSpecs: [{containers: [{name: main}]}]
            """);
    assertThat(file.queue()).isEqualTo("research");
    assertThat(file.jobSet()).isEqualTo("nightly-1");
    JobSubmission first = file.jobs().get(0);
    assertThat(first.priority()).isEqualTo(0.5);
    assertThat(first.namespace()).isEqualTo("personal");
    assertThat(first.clientId()).isEqualTo("my-id");
    assertThat(first.labels()).isEqualTo(Map.of("team", "a"));
    assertThat(first.annotations()).hasSize(3).containsEntry("armadaproject.io/gangId", "g1");
    assertThat(first.gangId()).isEqualTo(Optional.of("g1"));
    assertThat(first.gangCardinality()).isEqualTo(1);
    assertThat(file.gangs()).isEmpty();
    assertThat(first.failFast()).isTrue();
    assertThat(first.podSpec())
        .isEqualTo(
            "{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"main\",\"image\":\"alpine:3.20\","
                + "\"command\":[\"sh\",\"-c\",\"exit 74\"],\"resources\":{\"limits\":{\"memory\":\"64Mi\",\"cpu\":0.5}}}]}");
    assertThat(file.jobs().get(1))
        .isEqualTo(
            new JobSubmission(
                "",
                "default",
                0,
                Map.of(),
                Map.of(),
                Optional.empty(),
                1,
                false,
                "{\"containers\":[{\"name\":\"main\"}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ingress: [{type: Ingress, ports: [80]}]", "services: []", "scheduler: x"})
  void whatAnotherSystemsJobHasBesidesIsReadPast(String besides) {
    assertThat(withJob(POD + ", " + besides).jobs()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          priority: 1 | jobs[0]: exactly one is expected of: podSpec, podSpecs
          podSpec: {containers: [{name: a}]}, podSpecs: [{containers: [{name: a}]}] | jobs[0]: exactly one is expected of: podSpec, podSpecs
          podSpecs: [{containers: [{name: a}]}, {containers: [{name: a}]}] | jobs[0].podSpecs[1]: one pod spec is allowed, and here a second one begins
          podSpec: {} | jobs[0].podSpec: the key "containers" is missing
          podSpec: {containers: []} | jobs[0].podSpec.containers: at least one container is expected
          podSpec: {containers: [{}]} | jobs[0].podSpec.containers[0]: the key "name" is missing
          podSpec: {containers: [{name: a}, {name: a}]} | jobs[0].podSpec.containers[1].name: the container's name "a" is repeated
          podSpec: {containers: [{name: a, command: [sleep, 10]}]} | jobs[0].podSpec.containers[0].command[1]: text is expected, not 10; put it in quotes
          podSpec: {containers: [{name: a, resources: {limits: {memory: 1GB}}}]} | jobs[0].podSpec.containers[0].resources.limits.memory: a quantity such as 512Mi
          podSpec: {containers: [{name: a}], activeDeadlineSeconds: 0} | jobs[0].podSpec.activeDeadlineSeconds: 0 is out of range; allowed: 1 to 2147483647
          podSpec: {containers: [{name: a}]}, annotations: {faultline.io/gangId: g} | jobs[0].annotations: gangId and gangCardinality go together
          podSpec: {containers: [{name: a}]}, annotations: {faultline.io/gangId: g, armadaproject.io/gangId: h, faultline.io/gangCardinality: "2"} | contradicts "g" in faultline.io/gangId
          podSpec: {containers: [{name: a}]}, annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: "0"} | a number from 1 to 100000 in quotes is expected, not "0"
          podSpec: {containers: [{name: a}]}, annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: 2} | text is expected, not 2; put it in quotes
          podSpec: {containers: [{name: a}]}, annotations: {faultline.io/failFast: "yes"} | unknown failFast "yes"; allowed: true, false
          podSpec: {containers: [{name: a}]}, labels: {a: 1} | jobs[0].labels.a: text is expected, not 1; put it in quotes
          podSpec: {containers: [{name: a}]}, namespace: A | jobs[0].namespace: a name is a DNS label
          podSpec: {containers: [{name: a}]}, clientID: x | jobs[0]: unknown key "clientID"
          """)
  void aWrongJobIsRefusedWithItsPlace(String job, String message) {
    assertThatThrownBy(() -> withJob(job)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {queue: q, jobSetId: s, jobs: []} | j.yaml:1:31: jobs: at least one job is expected
          {queue: q, jobs: [{}]} | the key "jobSetId" is missing
          {queue: q, jobSetId: s} | j.yaml:1:1: the key "jobs" is missing
          {queue: q, jobSetId: "a\\nb", jobs: [{podSpec: {containers: [{name: a}]}}]} | j.yaml:1:22: jobSetId: 1 to 255 characters on one line are expected, not "a\\nb"
          {queue: q, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}], batch: 1} | unknown key "batch"; allowed: queue, jobSetId, jobs, failurePolicy
          """)
  void aWrongFileIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
  }

  private static JobFile withJob(String job) {
    return read("{queue: q, jobSetId: s, jobs: [{" + job + "}]}");
  }

  private static JobFile read(String text) {
    return JobFile.read(YamlFile.read("j.yaml", text).single());
  }
}
