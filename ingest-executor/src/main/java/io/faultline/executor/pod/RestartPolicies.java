package io.faultline.executor.pod;

import io.faultline.domain.job.JobSpec;

/** Which words a pod spec may have as its {@code restartPolicy}; whatever it has, it is Never. */
public final class RestartPolicies {

  private RestartPolicies() {}

  /** Whether a spec may have this word; a template of a set has what a Job's pods may have. */
  public static boolean allows(JobSpec spec, String word) {
    return word.equals("Never") || (spec.place() != null && word.equals("OnFailure"));
  }

  /** What is allowed, and why. */
  public static String allowed(JobSpec spec) {
    return (spec.place() == null ? "Never" : "Never or OnFailure")
        + ", since each attempt is a run of its own";
  }
}
