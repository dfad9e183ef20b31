package io.faultline.schemas.wire;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;

/** Failures as they are reported. */
final class EvidenceWire {

  private EvidenceWire() {}

  static io.faultline.schemas.avro.JobError error(JobError error) {
    return new io.faultline.schemas.avro.JobError(
        error.errorId(),
        IdentityWire.job(error.job()),
        IdentityWire.run(error.run()),
        error.executor(),
        error.cluster(),
        error.namespace(),
        error.podName(),
        error.at(),
        error.terminal(),
        evidence(error.evidence()));
  }

  static JobError error(io.faultline.schemas.avro.JobError error) {
    return new JobError(
        error.getErrorId(),
        IdentityWire.job(error.getJob()),
        IdentityWire.run(error.getRun()),
        error.getExecutor(),
        error.getCluster(),
        error.getNamespace(),
        error.getPodName(),
        error.getAt(),
        error.getTerminal(),
        evidence(error.getEvidence()));
  }

  static io.faultline.schemas.avro.EvidenceKind kind(EvidenceKind kind) {
    return Words.to(io.faultline.schemas.avro.EvidenceKind.class, kind);
  }

  static EvidenceKind kind(io.faultline.schemas.avro.EvidenceKind kind) {
    return Words.to(EvidenceKind.class, kind);
  }

  private static io.faultline.schemas.avro.Evidence evidence(Evidence evidence) {
    InternalCause cause = evidence.internalCause();
    return new io.faultline.schemas.avro.Evidence(
        kind(evidence.kind()),
        cause == null ? null : Words.to(io.faultline.schemas.avro.InternalCause.class, cause),
        evidence.podReason(),
        evidence.podMessage(),
        evidence.podPhase(),
        evidence.node(),
        evidence.containers().stream().map(EvidenceWire::container).toList(),
        evidence.events().stream().map(EvidenceWire::event).toList(),
        evidence.podError(),
        Times.micros(evidence.retryAfter()),
        evidence.conditions().stream().map(EvidenceWire::condition).toList());
  }

  private static Evidence evidence(io.faultline.schemas.avro.Evidence evidence) {
    return new Evidence(
        kind(evidence.getKind()),
        cause(evidence.getInternalCause()),
        evidence.getPodReason(),
        evidence.getPodMessage(),
        evidence.getPodPhase(),
        evidence.getNode(),
        evidence.getContainers().stream().map(EvidenceWire::container).toList(),
        evidence.getEvents().stream().map(EvidenceWire::event).toList(),
        evidence.getPodError(),
        evidence.getRetryAfter(),
        evidence.getConditions().stream().map(EvidenceWire::condition).toList());
  }

  /** A cause of a newer version gives no internal name: the failure is classified by its rules. */
  private static InternalCause cause(io.faultline.schemas.avro.InternalCause cause) {
    boolean known = cause != null && cause != io.faultline.schemas.avro.InternalCause.UNKNOWN;
    return known ? Words.to(InternalCause.class, cause) : null;
  }

  private static io.faultline.schemas.avro.ContainerEvidence container(ContainerEvidence c) {
    return new io.faultline.schemas.avro.ContainerEvidence(
        c.name(),
        Words.to(io.faultline.schemas.avro.ContainerRole.class, c.role()),
        c.image(),
        termination(c.termination()),
        c.waitingReason(),
        termination(c.lastTermination()));
  }

  private static ContainerEvidence container(io.faultline.schemas.avro.ContainerEvidence c) {
    return new ContainerEvidence(
        c.getName(),
        Words.to(ContainerRole.class, c.getRole()),
        c.getImage(),
        termination(c.getTermination()),
        c.getWaitingReason(),
        termination(c.getLastTermination()));
  }

  private static io.faultline.schemas.avro.Termination termination(Termination t) {
    return t == null
        ? null
        : new io.faultline.schemas.avro.Termination(
            t.exitCode(), t.signal(), t.reason(), t.message());
  }

  private static Termination termination(io.faultline.schemas.avro.Termination t) {
    return t == null
        ? null
        : new Termination(t.getExitCode(), t.getSignal(), t.getReason(), t.getMessage());
  }

  private static io.faultline.schemas.avro.PodEvent event(PodEvent event) {
    return new io.faultline.schemas.avro.PodEvent(event.type(), event.reason(), event.message());
  }

  private static PodEvent event(io.faultline.schemas.avro.PodEvent event) {
    return new PodEvent(event.getType(), event.getReason(), event.getMessage());
  }

  private static io.faultline.schemas.avro.PodCondition condition(PodCondition c) {
    return new io.faultline.schemas.avro.PodCondition(
        c.type(), c.status(), c.reason(), c.message());
  }

  private static PodCondition condition(io.faultline.schemas.avro.PodCondition c) {
    return new PodCondition(c.getType(), c.getStatus(), c.getReason(), c.getMessage());
  }
}
