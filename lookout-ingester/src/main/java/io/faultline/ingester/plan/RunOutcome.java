package io.faultline.ingester.plan;

import io.faultline.domain.job.JobEvent;

/**
 * How the job's owner saw a run end. The first end holds: a job that is cancelled between two runs
 * doesn't turn its failed run into a cancelled one.
 *
 * @param word succeeded, failed, cancelled or preempted
 * @param sequence of the event
 * @param reason of the end; null where there is none
 */
public record RunOutcome(String word, long sequence, String reason) {

  static RunOutcome of(JobEvent event) {
    JobEvent.Detail detail = event.detail();
    if (detail instanceof JobEvent.Succeeded) {
      return of("succeeded", event, null);
    } else if (detail instanceof JobEvent.Failed failed) {
      return of("failed", event, failed.reason());
    } else if (detail instanceof JobEvent.Cancelled cancelled) {
      return of("cancelled", event, cancelled.reason());
    } else if (detail instanceof JobEvent.Preempted preempted) {
      return of("preempted", event, preempted.reason());
    }
    return null;
  }

  private static RunOutcome of(String word, JobEvent event, String reason) {
    return new RunOutcome(word, event.sequence(), Storable.text(reason));
  }

  static RunOutcome merge(RunOutcome a, RunOutcome b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.sequence < a.sequence ? b : a;
  }
}
