package io.faultline.domain.retry;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.Termination;
import java.util.List;

/** Evidence for tests, built up from nothing. */
record Failures(
    EvidenceKind kind, String podReason, String podError, List<ContainerEvidence> containers) {

  static Failures kind(EvidenceKind kind) {
    return new Failures(kind, "", "", List.of());
  }

  static Failures exit(int code) {
    return kind(EvidenceKind.POD_FAILED).container(ContainerRole.REGULAR, code, "Error", "");
  }

  Failures podReason(String reason) {
    return new Failures(kind, reason, podError, containers);
  }

  Failures podError(String text) {
    return new Failures(kind, podReason, text, containers);
  }

  Failures container(ContainerRole role, int exitCode, String reason, String message) {
    List<ContainerEvidence> all = new java.util.ArrayList<>(containers);
    all.add(
        new ContainerEvidence(
            "c" + all.size(), role, "", new Termination(exitCode, 0, reason, message), "", null));
    return new Failures(kind, podReason, podError, all);
  }

  Evidence evidence() {
    return new Evidence(
        kind, null, podReason, "", "", "node-1", containers, List.of(), podError, null);
  }

  /** Without category. */
  FailureSignals signals() {
    return in("", "");
  }

  FailureSignals in(String category, String subcategory) {
    return FailureSignals.of(evidence(), category, subcategory);
  }
}
