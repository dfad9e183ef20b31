package io.faultline.classifier;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.List;

/** Job errors for tests. */
final class Failures {

  static final Instant AT = Instant.parse("2026-03-01T10:05:00Z");

  private Failures() {}

  /** Run {@code index} of a job ended with an exit code. */
  static JobError exit(String jobId, int index, int exitCode) {
    return of(jobId, index, 0, true, exitCode, "message of " + exitCode);
  }

  static JobError of(
      String jobId, int index, int report, boolean terminal, int exitCode, String message) {
    return of(
        new JobIdentity(jobId, "research", "nightly", null),
        index,
        report,
        terminal,
        exitCode,
        message);
  }

  static JobError of(
      JobIdentity job, int index, int report, boolean terminal, int exitCode, String message) {
    RunIdentity run = RunIdentity.of(job.jobId(), index);
    ContainerEvidence main =
        new ContainerEvidence(
            "main",
            ContainerRole.REGULAR,
            "app:1",
            new Termination(exitCode, 0, "Error", message),
            "",
            null);
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "",
            "",
            "Failed",
            "node-1",
            List.of(main),
            List.of(),
            "",
            null);
    return new JobError(
        run.runId() + "/" + report, job, run, "e1", "c1", "default", "pod", AT, terminal, evidence);
  }
}
