package io.faultline.domain.job;

import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the public stream.
 *
 * @param job whose event
 * @param run the run it is about; null where it is about the job alone
 * @param cluster where; empty where it is about no run
 * @param executor who; empty where it is about no run
 * @param node where; empty until known
 * @param at when it happened, to the microsecond
 * @param sequence 0 for a job's first event, then without a gap
 * @param detail what happened
 */
public record JobEvent(
    JobIdentity job,
    @Nullable RunIdentity run,
    String cluster,
    String executor,
    String node,
    Instant at,
    long sequence,
    Detail detail) {

  /** An event about the job alone. */
  public static JobEvent ofJob(JobIdentity job, Instant at, long sequence, Detail detail) {
    return new JobEvent(job, null, "", "", "", at, sequence, detail);
  }

  /** An event about a run of it. */
  public static JobEvent ofRun(
      JobIdentity job, CurrentRun run, Instant at, long sequence, Detail detail) {
    return new JobEvent(
        job, run.id(), run.cluster(), run.executor(), run.node(), at, sequence, detail);
  }

  /** An id that is the same on every redelivery. */
  public String eventId() {
    return job.jobId() + "/" + sequence;
  }

  /** What happened. */
  public sealed interface Detail {}

  /** The job was accepted; its first run is asked for. */
  public record Submitted(String owner) implements Detail {}

  /** An executor claimed the run. */
  public record Leased() implements Detail {}

  /** The run's pod or process is being made. */
  public record Pending(String podName) implements Detail {}

  /** The run's containers run. */
  public record Running(String podName) implements Detail {}

  /** The job is done. Terminal. */
  public record Succeeded() implements Detail {}

  /**
   * A run failed. Terminal unless retryable.
   *
   * @param kind what kind of evidence it was
   * @param failureInfo what is known of the failure
   * @param reason one word: {@code MaxRunsExceeded} where the engine refused a retry, else what
   *     ended the run, for example {@code OOMKilled} or {@code LeaseExpired}
   * @param message the text for people, with the hint
   * @param retryable whether another run follows
   * @param policy the retry policy that decided; empty when none did
   */
  public record Failed(
      EvidenceKind kind,
      FailureInfo failureInfo,
      String reason,
      String message,
      boolean retryable,
      String policy)
      implements Detail {}

  /** Someone ended the job. Terminal. */
  public record Cancelled(String reason, String requestedBy) implements Detail {}

  /** The run was ended to make room for another; not tried again. Terminal. */
  public record Preempted(String reason) implements Detail {}

  /** Another run is owed. */
  public record RetryScheduled(RunIdentity next, Instant dueAt) implements Detail {}
}
