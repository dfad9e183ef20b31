package io.faultline.ingester.plan;

import io.faultline.domain.job.JobEvent;
import io.faultline.rules.json.FailureInfoJson;
import java.time.Instant;

/**
 * Where a job stands: all that one event says of it, never a mixture of two. An end beats whatever
 * is not one, then the higher sequence beats the lower. So the failure told here is the one that
 * ended the job; one that was tried again leaves no trace once the job goes on.
 *
 * @param word the state
 * @param sequence of the event
 * @param at when it happened
 * @param endedAt the same where it is an end, else null
 * @param retryAt when the next run is due; only where one is scheduled
 * @param kind of evidence, for a failure that ended the job
 * @param reason of the end
 * @param message of the end
 * @param policy that decided the end
 * @param requestedBy who cancelled it
 * @param failureInfo JSON, for a failure that ended the job
 */
public record JobState(
    String word,
    long sequence,
    Instant at,
    Instant endedAt,
    Instant retryAt,
    String kind,
    String reason,
    String message,
    String policy,
    String requestedBy,
    String failureInfo) {

  static JobState of(JobEvent event) {
    JobEvent.Detail detail = event.detail();
    if (detail instanceof JobEvent.Submitted) {
      return open(event, "queued", null);
    } else if (detail instanceof JobEvent.Leased) {
      return open(event, "leased", null);
    } else if (detail instanceof JobEvent.Pending) {
      return open(event, "pending", null);
    } else if (detail instanceof JobEvent.Running) {
      return open(event, "running", null);
    } else if (detail instanceof JobEvent.RetryScheduled retry) {
      return open(event, "retrying", Storable.time(retry.dueAt()));
    } else if (detail instanceof JobEvent.Failed failed) {
      return failed.retryable() ? open(event, "retrying", null) : failed(event, failed);
    } else if (detail instanceof JobEvent.Succeeded) {
      return ended(event, "succeeded", null, null);
    } else if (detail instanceof JobEvent.Cancelled cancelled) {
      return ended(event, "cancelled", cancelled.reason(), cancelled.requestedBy());
    } else if (detail instanceof JobEvent.Preempted preempted) {
      return ended(event, "preempted", preempted.reason(), null);
    }
    throw new IllegalStateException("an event without a state: " + detail.getClass().getName());
  }

  private static JobState open(JobEvent event, String word, Instant retryAt) {
    return new JobState(
        word,
        event.sequence(),
        Storable.time(event.at()),
        null,
        retryAt,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static JobState ended(JobEvent event, String word, String reason, String requestedBy) {
    Instant at = Storable.time(event.at());
    return new JobState(
        word,
        event.sequence(),
        at,
        at,
        null,
        null,
        Storable.text(reason),
        null,
        null,
        Storable.text(requestedBy),
        null);
  }

  private static JobState failed(JobEvent event, JobEvent.Failed failed) {
    Instant at = Storable.time(event.at());
    return new JobState(
        "failed",
        event.sequence(),
        at,
        at,
        null,
        failed.kind().word(),
        Storable.text(failed.reason()),
        Storable.text(failed.message()),
        Storable.text(failed.policy()),
        null,
        Storable.json(FailureInfoJson.of(failed.failureInfo())));
  }

  JobState merge(JobState other) {
    boolean ended = endedAt != null;
    boolean otherEnded = other.endedAt != null;
    if (ended != otherEnded) {
      return ended ? this : other;
    }
    return other.sequence > sequence ? other : this;
  }
}
