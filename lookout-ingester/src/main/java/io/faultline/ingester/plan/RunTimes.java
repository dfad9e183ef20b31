package io.faultline.ingester.plan;

import io.faultline.domain.job.JobEvent;
import java.time.Instant;

/**
 * When a run came to what; each by itself, so that a later event erases no earlier time. Null where
 * not known. Of two times for the same the earlier one holds: a failure happens before it is
 * decided.
 */
public record RunTimes(Instant leased, Instant pending, Instant running, Instant ended) {

  /** Nothing is known. */
  static final RunTimes UNKNOWN = new RunTimes(null, null, null, null);

  static RunTimes of(JobEvent event) {
    JobEvent.Detail detail = event.detail();
    Instant at = Storable.time(event.at());
    if (detail instanceof JobEvent.Leased) {
      return new RunTimes(at, null, null, null);
    } else if (detail instanceof JobEvent.Pending) {
      return new RunTimes(null, at, null, null);
    } else if (detail instanceof JobEvent.Running) {
      return new RunTimes(null, null, at, null);
    }
    return RunOutcome.of(event) == null ? UNKNOWN : ended(at);
  }

  static RunTimes ended(Instant at) {
    return new RunTimes(null, null, null, Storable.time(at));
  }

  RunTimes merge(RunTimes other) {
    return new RunTimes(
        Merge.earlier(leased, other.leased),
        Merge.earlier(pending, other.pending),
        Merge.earlier(running, other.running),
        Merge.earlier(ended, other.ended));
  }
}
