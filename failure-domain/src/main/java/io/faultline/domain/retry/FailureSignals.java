package io.faultline.domain.retry;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.Termination;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a retry policy looks at of one failure. The exit code and the termination message may come
 * from different containers.
 *
 * @param kind what kind of end it was
 * @param category what the classifier says; empty when there is none
 * @param subcategory what the classifier says; may be empty
 * @param conditions which of a rule's words for conditions hold
 * @param exitCode the first non-zero one, regular containers first; null when there is none
 * @param terminationMessage the first non-empty one of a failed container; may be empty
 * @param podError the message that the executor itself captured; may be empty
 * @param unschedulable whether the executor says that no node can ever take the run
 */
public record FailureSignals(
    EvidenceKind kind,
    String category,
    String subcategory,
    Set<RetryCondition> conditions,
    @Nullable Integer exitCode,
    String terminationMessage,
    String podError,
    boolean unschedulable) {

  /** The pod reason by which an executor says that no node can ever take a run. */
  public static final String UNSCHEDULABLE = "Unschedulable";

  /** Copies the set. */
  public FailureSignals {
    conditions = Set.copyOf(conditions);
  }

  /**
   * What a policy looks at in this evidence.
   *
   * @param category what the classifier says; empty when there is none
   * @param subcategory what the classifier says; may be empty
   */
  public static FailureSignals of(Evidence evidence, String category, String subcategory) {
    List<Termination> failed =
        evidence.failedContainers().stream()
            .map(ContainerEvidence::termination)
            .filter(Objects::nonNull)
            .toList();
    return new FailureSignals(
        evidence.kind(),
        category,
        subcategory,
        RetryCondition.of(evidence),
        failed.isEmpty() ? null : failed.get(0).exitCode(),
        failed.stream().map(Termination::message).filter(m -> !m.isEmpty()).findFirst().orElse(""),
        evidence.podError(),
        evidence.kind() == EvidenceKind.POD_ISSUE && evidence.podReason().equals(UNSCHEDULABLE));
  }
}
