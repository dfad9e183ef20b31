package io.faultline.domain.workload;

import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.workload.PodFailurePolicy.Match;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what the end of a pod means for its Job, as Kubernetes' Job controller does: a rule that
 * fails the Job comes before the backoffLimit, and that before the deadline. Reasons and messages
 * are Kubernetes' own.
 */
public final class JobLayer {

  private static final JobFailed TOO_MANY =
      new JobFailed(
          JobFailureReason.BACKOFF_LIMIT_EXCEEDED, "Job has reached the specified backoff limit");
  private static final JobFailed TOO_LONG =
      new JobFailed(
          JobFailureReason.DEADLINE_EXCEEDED, "Job was active longer than specified deadline");

  private JobLayer() {}

  /**
   * The Job after a pod of it has failed. A run that came back without having started is no failed
   * pod: no rule is asked, and nothing is counted.
   *
   * @param pod its end
   * @param now when that is decided
   */
  public static AfterPod afterPod(JobLimits limits, JobProgress before, PodEnd pod, Instant now) {
    Match rule = pod.ran() ? limits.podFailurePolicy().match(pod) : null;
    if (rule != null && rule.action() == PodFailureAction.FAIL_JOB) {
      JobFailed failed = new JobFailed(JobFailureReason.POD_FAILURE_POLICY, rule.message());
      return new AfterPod(before.failed(), rule, failed);
    }
    JobProgress after = before;
    if (rule != null && rule.action() == PodFailureAction.IGNORE) {
      after = before.ignored();
    } else if (pod.ran()) {
      after = before.failed();
    }
    JobFailed failed =
        after.failedPods() > limits.backoffLimit() ? TOO_MANY : atTime(limits, after, now);
    return new AfterPod(after, rule, failed);
  }

  /** Why the Job has failed at a time at which no pod of it ended; null where it goes on. */
  public static @Nullable JobFailed atTime(JobLimits limits, JobProgress job, Instant now) {
    Instant deadline = deadline(limits, job);
    return deadline == null || now.isBefore(deadline) ? null : TOO_LONG;
  }

  /** When the Job fails at the latest; null where it may take any time. */
  public static @Nullable Instant deadline(JobLimits limits, JobProgress job) {
    Duration allowed = limits.activeDeadline();
    return allowed == null ? null : job.startedAt().plus(allowed);
  }
}
