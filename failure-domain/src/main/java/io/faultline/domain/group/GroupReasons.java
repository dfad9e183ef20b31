package io.faultline.domain.group;

/** Why a set is decided as it is, in the words that JobSet has for it. */
public final class GroupReasons {

  /** There is no failure policy. */
  public static final String FAILED_JOBS = "FailedJobs";

  /** A rule says that the set fails. */
  public static final String FAIL_JOB_SET = "FailJobSetFailurePolicyAction";

  /** A restart that counts was asked for, and none is left. */
  public static final String REACHED_MAX_RESTARTS = "ReachedMaxRestarts";

  /** No rule matched, so the set is started again. */
  public static final String DEFAULT = "DefaultFailurePolicy";

  private GroupReasons() {}

  /** A rule asked for it: a restart, or that one job fails. */
  public static String ofRule(String name) {
    return "FailurePolicy_" + name;
  }
}
