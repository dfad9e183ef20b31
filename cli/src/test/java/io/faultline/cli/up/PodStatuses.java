package io.faultline.cli.up;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;

/** What the kubelet of a mock cluster says of pods; their container is called main. */
final class PodStatuses {

  private PodStatuses() {}

  /** Its container runs. */
  static PodStatus running() {
    return new PodStatusBuilder()
        .withPhase("Running")
        .addNewContainerStatus()
        .withName("main")
        .withState(new ContainerStateBuilder().withNewRunning(Instant.now().toString()).build())
        .endContainerStatus()
        .build();
  }

  /** Its container ended. */
  static PodStatus terminated(int code, String reason, String message) {
    return new PodStatusBuilder()
        .withPhase(code == 0 ? "Succeeded" : "Failed")
        .addNewContainerStatus()
        .withName("main")
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withMessage(message)
        .withStartedAt(Instant.now().minusSeconds(1).toString())
        .withFinishedAt(Instant.now().toString())
        .endTerminated()
        .endState()
        .endContainerStatus()
        .build();
  }

  /** It failed, and nothing is known of its containers. */
  static PodStatus failed(String reason, String message) {
    return new PodStatusBuilder()
        .withPhase("Failed")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /** It has a condition. */
  static PodStatus condition(String phase, String type, String reason) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .addNewCondition()
        .withType(type)
        .withStatus(type.equals("PodScheduled") ? "False" : "True")
        .withReason(reason)
        .withMessage("said " + reason)
        .withLastTransitionTime(Instant.now().minusSeconds(60).toString())
        .endCondition()
        .build();
  }

  /** It was scheduled a minute ago, and its container waits. */
  static PodStatus waiting(String reason) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("True")
        .withLastTransitionTime(Instant.now().minusSeconds(60).toString())
        .endCondition()
        .addNewContainerStatus()
        .withName("main")
        .withNewState()
        .withNewWaiting("said " + reason, reason)
        .endState()
        .endContainerStatus()
        .build();
  }
}
