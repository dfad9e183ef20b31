package io.faultline.domain.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which policies apply to a queue's jobs.
 *
 * @param names the policies that are named, in the order they are asked; empty where none is
 * @param inForce those policies; empty for the legacy path
 * @param missing the named policies that are missing, or never were without error: where there is
 *     one, all goes the legacy way and must be reported
 * @param shadow a policy that is asked too and changes nothing; null for none
 */
public record PolicyChoice(
    List<String> names,
    List<PolicyInForce> inForce,
    List<String> missing,
    @Nullable PolicyInForce shadow) {

  /**
   * A policy with its revision. The last good one stays in force when a later one is broken.
   *
   * @param revision of the resource
   */
  public record PolicyInForce(RetryPolicy policy, long revision) {}

  /** No policy: the legacy path. */
  public static final PolicyChoice NONE = new PolicyChoice(List.of(), List.of(), List.of(), null);

  /** Copies the lists. */
  public PolicyChoice {
    names = List.copyOf(names);
    inForce = List.copyOf(inForce);
    missing = List.copyOf(missing);
  }

  /**
   * The queue's policies, else the default one, else none. A queue's policy that can't be had is
   * not replaced by the default one.
   *
   * @param ofQueue the policies that the queue names; empty where it names none
   * @param shadow the policy that is asked beside them; empty for none. Where it can't be had,
   *     nothing is asked
   * @param inForce finds a policy by name; null where there is no good one
   */
  public static PolicyChoice choose(
      RetrySettings settings,
      List<String> ofQueue,
      String shadow,
      Function<String, @Nullable PolicyInForce> inForce) {
    if (!settings.enabled()) {
      return NONE;
    }
    List<String> names = ofQueue;
    if (names.isEmpty() && !settings.defaultPolicyName().isEmpty()) {
      names = List.of(settings.defaultPolicyName());
    }
    List<PolicyInForce> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      PolicyInForce policy = inForce.apply(name);
      if (policy == null) {
        missing.add(name);
      } else {
        found.add(policy);
      }
    }
    return new PolicyChoice(
        names,
        missing.isEmpty() ? found : List.of(),
        missing,
        shadow.isEmpty() ? null : inForce.apply(shadow));
  }

  /** The policies to decide with, in the order they are asked; empty for the legacy path. */
  public List<RetryPolicy> policies() {
    return inForce.stream().map(PolicyInForce::policy).toList();
  }

  /** The revision of a policy in force; 0 where it is none of these. */
  public long revision(String policy) {
    return inForce.stream()
        .filter(each -> each.policy().name().equals(policy))
        .mapToLong(PolicyInForce::revision)
        .findFirst()
        .orElse(0);
  }
}
