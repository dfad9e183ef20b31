package io.faultline.rules.cel;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.FailureContext;
import io.faultline.domain.retry.PastFailure;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Failures to ask about. */
final class Contexts {
  static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private Contexts() {}

  /** Of which everything is known. */
  static FailureContext full() {
    return of("cuda: ecc error", history(2));
  }

  static FailureContext of(String message, List<PastFailure> history) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "Evicted",
            "the node was low on memory",
            "Failed",
            "node-7",
            List.of(
                new ContainerEvidence(
                    "main",
                    ContainerRole.REGULAR,
                    "app:1",
                    new Termination(74, 9, "Error", message),
                    "",
                    null),
                new ContainerEvidence("setup", ContainerRole.INIT, "app:1", null, "", null)),
            List.of(new PodEvent("Warning", "BackOff", "back-off")),
            "",
            null);
    return new FailureContext(
        new JobError(
            "e-1",
            new JobIdentity("j-1", "research", "set-1", null),
            new RunIdentity("r-1", 2),
            "ex-1",
            "c-1",
            "ns-1",
            "armada-j-1-0-2",
            AT,
            true,
            evidence),
        new FailureInfo(74, message, "main", "gpu", "transient", List.of("gpu", "net"), ""),
        false,
        new FailureCounts(3, 2),
        new FailureRates(12, 4),
        history);
  }

  /** Earlier failures, ten seconds apart, every second one without an exit code. */
  static List<PastFailure> history(int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new PastFailure(
                    i % 2 == 0 ? EvidenceKind.POD_FAILED : EvidenceKind.LEASE_EXPIRED,
                    "gpu",
                    "",
                    i % 2 == 0 ? 74 : null,
                    "node-" + i,
                    AT.minusSeconds(10L * (size - i)),
                    "rule-1"))
        .toList();
  }
}
