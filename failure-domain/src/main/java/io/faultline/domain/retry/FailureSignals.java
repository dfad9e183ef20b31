package io.faultline.domain.retry;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a retry policy looks at of one failure. The exit code and the termination message may come
 * from different containers.
 *
 * @param conditions which of a rule's words for conditions hold
 * @param exitCode the first non-zero one, regular containers first; null when there is none
 * @param terminationMessage the first non-empty one of a failed container; may be empty
 * @param unschedulable whether the executor says that no node can ever take the run
 * @param context all that is known, for expressions
 */
public record FailureSignals(
    Set<RetryCondition> conditions,
    @Nullable Integer exitCode,
    String terminationMessage,
    boolean unschedulable,
    FailureContext context) {

  /** The pod reason by which an executor says that no node can ever take a run. */
  public static final String UNSCHEDULABLE = "Unschedulable";

  /** Copies the set. */
  public FailureSignals {
    conditions = Set.copyOf(conditions);
  }

  /** What a policy looks at where all is known. */
  public static FailureSignals of(FailureContext context) {
    Evidence evidence = context.error().evidence();
    List<Termination> failed =
        evidence.failedContainers().stream()
            .map(ContainerEvidence::termination)
            .filter(Objects::nonNull)
            .toList();
    return new FailureSignals(
        RetryCondition.of(evidence),
        failed.isEmpty() ? null : failed.get(0).exitCode(),
        failed.stream().map(Termination::message).filter(m -> !m.isEmpty()).findFirst().orElse(""),
        evidence.kind() == EvidenceKind.POD_ISSUE && evidence.podReason().equals(UNSCHEDULABLE),
        context);
  }

  /**
   * What a policy looks at where no more than this is known: the first failure of a job without a
   * name.
   *
   * @param category what the classifier says; empty when there is none
   * @param subcategory what the classifier says; may be empty
   */
  public static FailureSignals of(Evidence evidence, String category, String subcategory) {
    ContainerEvidence failed = evidence.firstFailedContainer();
    Termination end = failed == null ? null : failed.termination();
    FailureInfo info =
        new FailureInfo(
            end == null ? null : end.exitCode(),
            end == null ? "" : end.message(),
            failed == null ? "" : failed.name(),
            category,
            subcategory,
            category.isEmpty() ? List.of() : List.of(category),
            "");
    JobError error =
        new JobError(
            "",
            new JobIdentity("", "", "", ""),
            new RunIdentity("", 0),
            "",
            "",
            "",
            "",
            Instant.EPOCH,
            true,
            evidence);
    return of(
        new FailureContext(
            error, info, false, new FailureCounts(1, 1), FailureRates.UNKNOWN, List.of()));
  }

  /** What kind of end it was. */
  public EvidenceKind kind() {
    return context.error().evidence().kind();
  }

  /** What the classifier says; empty when there is none. */
  public String category() {
    return context.info().category();
  }

  /** What the classifier says; may be empty. */
  public String subcategory() {
    return context.info().subcategory();
  }

  /** The message that the executor itself captured; may be empty. */
  public String podError() {
    return context.error().evidence().podError();
  }
}
