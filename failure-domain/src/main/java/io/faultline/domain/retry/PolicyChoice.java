package io.faultline.domain.retry;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which policy applies to a queue's jobs.
 *
 * @param name the policy that is named; empty where none is
 * @param inForce the policy; null for the legacy path
 * @param unavailable whether a policy is named but missing, or never was without error: that goes
 *     the legacy way and must be reported
 */
public record PolicyChoice(String name, @Nullable PolicyInForce inForce, boolean unavailable) {

  /**
   * A policy with its revision. The last good one stays in force when a later one is broken.
   *
   * @param revision of the resource
   */
  public record PolicyInForce(RetryPolicy policy, long revision) {}

  /** No policy: the legacy path. */
  public static final PolicyChoice NONE = new PolicyChoice("", null, false);

  /**
   * The queue's policy, else the default one, else none. A queue's policy that can't be had is not
   * replaced by the default one.
   *
   * @param queuePolicy the policy that the queue names; empty where it names none
   * @param inForce finds a policy by name; null where there is no good one
   */
  public static PolicyChoice choose(
      RetrySettings settings,
      String queuePolicy,
      Function<String, @Nullable PolicyInForce> inForce) {
    if (!settings.enabled()) {
      return NONE;
    }
    String name = queuePolicy.isEmpty() ? settings.defaultPolicyName() : queuePolicy;
    if (name.isEmpty()) {
      return NONE;
    }
    PolicyInForce found = inForce.apply(name);
    return new PolicyChoice(name, found, found == null);
  }

  /** The policy to decide with; null for the legacy path. */
  public @Nullable RetryPolicy policy() {
    return inForce == null ? null : inForce.policy();
  }

  /** The revision of the policy; 0 without one. */
  public long revision() {
    return inForce == null ? 0 : inForce.revision();
  }
}
