package io.faultline.rules.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReaderTest {

  private static YamlNode yaml(String text) {
    return YamlFile.read("pod.yaml", text).single();
  }

  private static Evidence read(String pod) {
    return PodReader.evidence(yaml(pod), Optional.empty(), "", MessageCut.STANDARD);
  }

  private static List<PodEvent> events(String events) {
    String pod = "{metadata: {name: job-1}, status: {phase: Failed}}";
    return PodReader.evidence(yaml(pod), Optional.of(yaml(events)), "", MessageCut.STANDARD)
        .events();
  }

  /** As kubectl 1.31 prints it, shortened; fields that Faultline doesn't know are left in. */
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        annotations: {kubernetes.io/psp: x}
        creationTimestamp: "2026-03-01T10:00:00Z"
        name: job-1
        namespace: default
        uid: 6f1b
      spec:
        containers:
        - {image: "app:1", imagePullPolicy: IfNotPresent, name: main, resources: {}}
        - {image: "proxy:2", name: side}
        initContainers:
        - {image: "setup:3", name: setup}
        nodeName: node-7
        tolerations: [{effect: NoExecute, key: a, tolerationSeconds: 300}]
      status:
        conditions: [{lastProbeTime: null, status: "False", type: Ready}]
        containerStatuses:
        - containerID: containerd://1
          image: docker.io/library/app:1
          lastState:
            terminated: {exitCode: 2, reason: Error, message: before, startedAt: null}
          name: main
          ready: false
          restartCount: 1
          state:
            terminated:
              containerID: containerd://1
              exitCode: 137
              finishedAt: "2026-03-01T10:05:00Z"
              message: "Killed\\n"
              reason: OOMKilled
              signal: 9
        - image: proxy:2
          name: side
          state: {waiting: {message: Back-off pulling image, reason: ImagePullBackOff}}
        ephemeralContainerStatuses:
        - {image: "debug:4", name: debugger, state: {terminated: {exitCode: 1}}}
        hostIP: 10.0.0.7
        initContainerStatuses:
        - {image: "setup:3", name: setup, state: {terminated: {exitCode: 0, reason: Completed}}}
        phase: Failed
        qosClass: BestEffort
      """;

  @Test
  void whatKubectlPrintsIsReadWithNothingLost() {
    assertThat(read(POD))
        .isEqualTo(
            new Evidence(
                EvidenceKind.POD_FAILED,
                null,
                "",
                "",
                "Failed",
                "node-7",
                List.of(
                    new ContainerEvidence(
                        "main",
                        ContainerRole.REGULAR,
                        "app:1",
                        new Termination(137, 9, "OOMKilled", "Killed\n"),
                        "",
                        new Termination(2, 0, "Error", "before")),
                    new ContainerEvidence(
                        "side", ContainerRole.REGULAR, "proxy:2", null, "ImagePullBackOff", null),
                    new ContainerEvidence(
                        "setup",
                        ContainerRole.INIT,
                        "setup:3",
                        new Termination(0, 0, "Completed", ""),
                        "",
                        null),
                    new ContainerEvidence(
                        "debugger",
                        ContainerRole.EPHEMERAL,
                        "debug:4",
                        new Termination(1, 0, "", ""),
                        "",
                        null)),
                List.of(),
                "",
                null));
  }

  @Test
  void aPodRejectedAtAdmissionHasNeitherContainersNorConditions() {
    Evidence evidence =
        read(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "job-1"},
             "spec": {"containers": [{"name": "main", "image": "app:1"}], "nodeName": "node-7"},
             "status": {"phase": "Failed", "reason": "UnexpectedAdmissionError",
              "message": "Pod was rejected: Allocate failed due to rpc error, which is unexpected"}}
            """);
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.podReason()).isEqualTo("UnexpectedAdmissionError");
    assertThat(evidence.podMessage()).startsWith("Pod was rejected: Allocate failed");
    assertThat(evidence.containers()).isEmpty();
  }

  @Test
  void conditionsThatMaySayWhyItEndedAreKeptAndThoseOfEveryPodAreNot() {
    Evidence evidence =
        read(
            """
            status:
              phase: Failed
              conditions:
                - {type: PodReadyToStartContainers, status: "False", lastProbeTime: null}
                - {type: Initialized, status: "True"}
                - {type: DisruptionTarget, status: "True", reason: PreemptionByScheduler,
                   message: "default-scheduler: preempting to accommodate a higher priority pod"}
                - {type: Ready, status: "False", reason: PodFailed}
                - {type: ContainersReady, status: "False", reason: PodFailed}
                - {type: example.com/ConfigIssue, status: "False"}
                - {type: PodScheduled, status: "True"}
            """);
    assertThat(evidence.conditions())
        .containsExactly(
            new PodCondition(
                "DisruptionTarget",
                "True",
                "PreemptionByScheduler",
                "default-scheduler: preempting to accommodate a higher priority pod"),
            new PodCondition("example.com/ConfigIssue", "False", "", ""));
  }

  @Test
  void aListOfOnePodIsThatPod() {
    assertThat(read("{kind: List, items: [{kind: Pod, status: {phase: Failed, reason: Evicted}}]}"))
        .satisfies(e -> assertThat(e.podReason()).isEqualTo("Evicted"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(EvidenceKind.POD_FAILED));
    assertThatThrownBy(() -> read("{kind: List, items: []}"))
        .hasMessageContaining("one pod is expected, and this list has 0");
  }

  @Test
  void aPodPastItsDeadlineIsAnIssue() {
    assertThat(read("{status: {phase: Failed, reason: DeadlineExceeded}}").kind())
        .isEqualTo(EvidenceKind.POD_ISSUE);
  }

  @Test
  void messagesAreCutAndNulBecomesTheReplacementCharacter() {
    String long1 = "x".repeat(1 << 20);
    Evidence evidence =
        PodReader.evidence(
            yaml(
                "{\"status\": {\"message\": \"a\\u0000b\", \"containerStatuses\": [{\"name\": \"m\","
                    + " \"state\": {\"terminated\": {\"exitCode\": 1, \"message\": \""
                    + long1
                    + "\"}}}]}}"),
            Optional.empty(),
            "<b>" + long1,
            MessageCut.STANDARD);
    assertThat(evidence.podMessage()).isEqualTo("a\uFFFDb");
    assertThat(evidence.containers().get(0).termination().message())
        .isEqualTo("x".repeat(4096) + "… (" + ((1 << 20) - 4096) + " bytes cut)");
    assertThat(evidence.podError()).startsWith("<b>x").endsWith("bytes cut)");
  }

  @Test
  void wrongTypesAreNamedWithTheirPlace() {
    assertThatThrownBy(
            () ->
                read(
                    "{status: {containerStatuses: [{name: m, state: {terminated: {exitCode: x}}}]}}"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(
            "status.containerStatuses[0].state.terminated.exitCode: a number is expected, not \"x\"");
    assertThatThrownBy(() -> read("{status: {containerStatuses: {}}}"))
        .hasMessageContaining("status.containerStatuses: a list is expected, not a map");
    assertThatThrownBy(() -> read("{kind: Job, status: {}}"))
        .hasMessageContaining("a Pod is expected, not \"Job\"");
    assertThatThrownBy(() -> read("{foo: 1}")).hasMessageContaining("no Pod");
    assertThatThrownBy(() -> read("hello")).hasMessageContaining("a map is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[EVENT]",
        "{apiVersion: v1, kind: List, metadata: {resourceVersion: ''}, items: [EVENT]}",
        "{apiVersion: v1, kind: EventList, items: [EVENT]}",
        "EVENT",
      })
  void eventsMayComeInAnyOfKubectlsForms(String form) {
    String event =
        "{apiVersion: v1, kind: Event, type: Warning, reason: BackOff, message: Back-off pulling,"
            + " count: 3, involvedObject: {kind: Pod, name: job-1}, source: {component: kubelet}}";
    assertThat(events(form.replace("EVENT", event)))
        .containsExactly(new PodEvent("Warning", "BackOff", "Back-off pulling"));
  }

  @Test
  void eventsOfOtherObjectsArePassedOverAndTheRestIsOldestFirst() {
    assertThat(
            events(
                """
                - {type: Normal, reason: b, message: x, lastTimestamp: "2026-03-01T10:00:02Z"}
                - {type: Normal, reason: a, note: y, eventTime: "2026-03-01T10:00:01Z",
                   regarding: {kind: Pod, name: job-1}}
                - {type: Normal, reason: c, message: x, involvedObject: {kind: Pod, name: job-2}}
                - {type: Normal, reason: d, message: x, involvedObject: {kind: Node, name: job-1}}
                """))
        .containsExactly(new PodEvent("Normal", "a", "y"), new PodEvent("Normal", "b", "x"));
  }

  @Test
  void whatIsNoListOfEventsIsRefused() {
    assertThatThrownBy(() -> events("{kind: PodList, items: []}"))
        .hasMessageContaining("a list of Events is expected");
    assertThat(events("null")).isEmpty();
  }
}
