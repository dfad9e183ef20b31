package io.faultline.domain.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a set, as it is published: short, however large the set is. The decision
 * beside it has the rule and the trace.
 *
 * @param setId the set
 * @param setName its name, with which the names of its members begin
 * @param generation which was decided about, from 0
 * @param outcome what is done
 * @param action what the rule or the default asked for; null where a retry policy decided
 * @param reason one of {@link GroupReasons}; where a retry policy decided, its decision's word
 * @param blamed the name of the member that is to blame
 * @param jobFailureReason why that member failed, as rules ask for it; null where it is none that
 *     Kubernetes has
 * @param jobFailureMessage the same in words; may be empty
 * @param failed how many members had failed, the blamed one included
 * @param collateral names of those that others dragged down, no more than {@link #NAMED}
 * @param collateralCount how many these are
 * @param restarts of the whole set, this one included
 * @param counted those of them that count toward {@code maxRestarts}
 * @param countedOfJobs restarts of single members that count
 * @param categories those that the failure of the member to blame belongs to, where they were kept
 */
public record GroupVerdict(
    String setId,
    String setName,
    int generation,
    GroupOutcome outcome,
    @Nullable GroupAction action,
    String reason,
    String blamed,
    @Nullable JobFailureReason jobFailureReason,
    String jobFailureMessage,
    int failed,
    List<String> collateral,
    int collateralCount,
    int restarts,
    int counted,
    int countedOfJobs,
    List<String> categories) {

  /** How many collateral members are named at most. */
  public static final int NAMED = 100;

  /** Copies the lists. */
  public GroupVerdict {
    collateral = List.copyOf(collateral);
    categories = List.copyOf(categories);
  }

  /**
   * Of a decision, whoever made it.
   *
   * @param generation which was decided about
   * @param blamed who is to blame
   * @param failed how many members had failed
   * @param dragged those that others dragged down, but for the blamed one
   * @param after the counters after it
   */
  public static GroupVerdict of(
      String setId,
      String setName,
      int generation,
      GroupOutcome outcome,
      @Nullable GroupAction action,
      String reason,
      FailedMember blamed,
      int failed,
      List<FailedMember> dragged,
      GroupCounters after) {
    return new GroupVerdict(
        setId,
        setName,
        generation,
        outcome,
        action,
        reason,
        blamed.name(),
        blamed.failure().reason(),
        blamed.failure().message(),
        failed,
        dragged.stream().limit(NAMED).map(FailedMember::name).toList(),
        dragged.size(),
        after.restarts(),
        after.counted(),
        (int) Math.min(Integer.MAX_VALUE, after.countedOfJobs()),
        blamed.failure().categories());
  }
}
