package io.faultline.server.events;

import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Events and filters. */
final class Samples {

  static final EventFilter ALL =
      new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false);

  private Samples() {}

  static JobEvent event(
      String jobId, String queue, String set, long sequence, JobEvent.Detail detail) {
    return new JobEvent(
        new JobIdentity(jobId, queue, set, null),
        RunIdentity.of(jobId, 0),
        "local",
        "executor-1",
        "n",
        Instant.parse("2026-03-01T12:00:00Z"),
        sequence,
        detail);
  }

  static JobEvent.Failed failed(boolean retryable, String... categories) {
    FailureInfo info =
        new FailureInfo(
            1,
            "",
            "main",
            categories.length == 0 ? "" : categories[0],
            "",
            List.of(categories),
            "");
    return new JobEvent.Failed(EvidenceKind.POD_FAILED, info, "Error", "", retryable, "");
  }

  static EventFilter ofQueue(String queue) {
    return new EventFilter(Set.of(queue), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false);
  }
}
