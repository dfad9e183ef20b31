package io.faultline.domain.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The podFailurePolicy of a Kubernetes Job.
 *
 * @param rules asked in order; the first that fits decides. Empty where the Job has no policy
 */
public record PodFailurePolicy(List<Rule> rules) {

  /** Of a Job that has no policy: every failed pod counts. */
  public static final PodFailurePolicy NONE = new PodFailurePolicy(List.of());

  /** One rule. */
  public record Rule(PodFailureAction action, PodRequirement requirement) {}

  /**
   * A rule that fits a pod.
   *
   * @param index of the rule, from 0
   * @param action what it does
   * @param message that a Job gets which fails by this rule, as Kubernetes writes it
   */
  public record Match(int index, PodFailureAction action, String message) {}

  /** Copies the list. */
  public PodFailurePolicy {
    rules = List.copyOf(rules);
  }

  /** The first rule that fits; null where none does, and the pod is counted. */
  public @Nullable Match match(PodEnd pod) {
    for (int index = 0; index < rules.size(); index++) {
      Rule rule = rules.get(index);
      String fits = rule.requirement().fits(pod);
      if (fits != null) {
        String message = fits + " matching " + rule.action().word() + " rule at index " + index;
        return new Match(index, rule.action(), message);
      }
    }
    return null;
  }
}
