package io.faultline.domain.job;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.FailedText;
import java.util.List;

/** The event that tells of a decided failure. */
public final class FailedEvents {

  private FailedEvents() {}

  /** Failed, retryable or not; or preempted, where that ends the job. */
  public static JobEvent.Detail detail(ClassifiedError failure, Decision decision) {
    Classification found = failure.classification();
    if (decision.reason() == DecisionReason.PREEMPTED) {
      return new JobEvent.Preempted(found.message());
    }
    Evidence evidence = failure.error().evidence();
    return new JobEvent.Failed(
        evidence.kind(),
        decision.reason() == DecisionReason.MAX_RUNS ? maxRunsExceeded(found) : found.info(),
        FailedText.reason(decision, evidence),
        FailedText.message(decision, found.message()),
        decision.retry(),
        decision.policy());
  }

  /** What the system itself finds comes after any rule and before the default. */
  private static FailureInfo maxRunsExceeded(Classification found) {
    FailureInfo info = found.info();
    if (found.rule() != null || info.category().isEmpty()) {
      return info;
    }
    return new FailureInfo(
        info.exitCode(),
        info.terminationMessage(),
        info.containerName(),
        "internal",
        InternalCause.MAX_RUNS_EXCEEDED.subcategory(),
        List.of("internal"),
        "");
  }
}
