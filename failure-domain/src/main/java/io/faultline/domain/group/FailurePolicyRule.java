package io.faultline.domain.group;

import io.faultline.domain.pattern.Re2Pattern;
import java.util.List;
import java.util.Set;

/**
 * One rule of a failure policy. All its conditions must hold; an empty one holds for every failed
 * job. A failed job of no known replicated job meets no rule.
 *
 * @param name {@code failurePolicyRule<index>} where the file gives none
 * @param reasons one of which the job must have failed with
 * @param messages of which one must be found in its message, which may be empty
 * @param targets replicated jobs, of one of which it must be a replica
 * @param categories one of which it must belong to
 */
public record FailurePolicyRule(
    String name,
    GroupAction action,
    Set<JobFailureReason> reasons,
    List<Re2Pattern> messages,
    Set<String> targets,
    Set<String> categories) {

  /** Copies the collections. */
  public FailurePolicyRule {
    reasons = Set.copyOf(reasons);
    messages = List.copyOf(messages);
    targets = Set.copyOf(targets);
    categories = Set.copyOf(categories);
  }

  /** Whether its conditions hold, all but those of the action. */
  public boolean appliesTo(FailedMember failed) {
    return RuleCondition.asked(this).stream().allMatch(condition -> condition.holds(failed));
  }
}
