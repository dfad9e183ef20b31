package io.faultline.domain.retry;

import java.util.regex.Pattern;

/**
 * The settings of retrying, alike for all queues.
 *
 * @param enabled whether retry policies are asked at all; if not, only returned leases are tried
 *     again
 * @param globalMaxRetries how many retries any job can be granted, over all policies; 0 grants none
 * @param defaultPolicyName the policy of queues that name none; empty for none
 * @param maxAttemptedRuns how many runs a job can have where leases are returned, the first
 *     included; at least 1
 * @param podNamePrefix what pod names begin with, a DNS label
 */
public record RetrySettings(
    boolean enabled,
    int globalMaxRetries,
    String defaultPolicyName,
    int maxAttemptedRuns,
    String podNamePrefix) {

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** What holds where nothing is set. */
  public static final RetrySettings DEFAULTS = new RetrySettings(false, 20, "", 5, "armada");

  /** Refuses values out of range, by the name of the setting. */
  public RetrySettings {
    if (globalMaxRetries < 0) {
      throw new IllegalArgumentException(
          "retryPolicy.globalMaxRetries: " + globalMaxRetries + " is not 0 or more");
    }
    if (maxAttemptedRuns < 1) {
      throw new IllegalArgumentException(
          "maxAttemptedRuns: " + maxAttemptedRuns + " is not 1 or more");
    }
    if (!DNS_LABEL.matcher(podNamePrefix).matches()) {
      throw new IllegalArgumentException(
          "podNamePrefix: \""
              + podNamePrefix
              + "\" is not a DNS label: lower-case letters, digits and -, at most 63");
    }
  }

  /**
   * The name of a run's pod: with retries on {@code prefix-job-0-run}, else {@code prefix-job-0}.
   *
   * @param runIndex from 0
   */
  public String podName(String jobId, int runIndex) {
    String name = podNamePrefix + "-" + jobId + "-0";
    return enabled ? name + "-" + runIndex : name;
  }
}
