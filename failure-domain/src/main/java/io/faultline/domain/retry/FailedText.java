package io.faultline.domain.retry;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.Termination;
import java.util.List;
import java.util.Objects;

/** Reason and text of a JobFailed. The policy's words never hide what the run itself said. */
public final class FailedText {

  /** The reason of a job's last failure where a retry was refused. */
  public static final String MAX_RUNS_EXCEEDED = "MaxRunsExceeded";

  private FailedText() {}

  /** One word: {@code MaxRunsExceeded} where a retry was refused, else what ended the run. */
  public static String reason(Decision decision, Evidence evidence) {
    return decision.reason().refusal() ? MAX_RUNS_EXCEEDED : reasonOfRun(evidence);
  }

  /**
   * The text for people: where a policy refused a retry, its reason comes before the run's own
   * error.
   *
   * @param ownError what the run itself said, with the hint; may be empty
   */
  public static String message(Decision decision, String ownError) {
    String prefix;
    if (decision.reason().refusalByPolicy()) {
      prefix = "Retry policy: " + decision.message();
    } else if (decision.reason() == DecisionReason.MAX_RUNS) {
      prefix = decision.message();
    } else {
      return ownError;
    }
    return ownError.isEmpty() ? prefix : prefix + "\n" + ownError;
  }

  /** What ended a run: the pod's reason, else OOMKilled, else the first reason, else the kind. */
  public static String reasonOfRun(Evidence evidence) {
    if (!evidence.podReason().isEmpty()) {
      return evidence.podReason();
    }
    List<String> reasons =
        evidence.failedContainers().stream()
            .map(ContainerEvidence::termination)
            .filter(Objects::nonNull)
            .map(Termination::reason)
            .filter(r -> !r.isEmpty())
            .toList();
    String oom = RetryCondition.OOM_KILLED.word();
    if (reasons.contains(oom)) {
      return oom;
    }
    return reasons.isEmpty() ? evidence.kind().word() : reasons.get(0);
  }
}
