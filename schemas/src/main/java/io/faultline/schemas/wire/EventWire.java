package io.faultline.schemas.wire;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobEvent.Detail;
import io.faultline.domain.job.RunIdentity;
import io.faultline.schemas.avro.Cancelled;
import io.faultline.schemas.avro.Failed;
import io.faultline.schemas.avro.Leased;
import io.faultline.schemas.avro.Pending;
import io.faultline.schemas.avro.Preempted;
import io.faultline.schemas.avro.RetryScheduled;
import io.faultline.schemas.avro.Running;
import io.faultline.schemas.avro.Submitted;
import io.faultline.schemas.avro.Succeeded;

/** The public stream. */
final class EventWire {

  private EventWire() {}

  static io.faultline.schemas.avro.JobEvent event(JobEvent event) {
    RunIdentity run = event.run();
    return new io.faultline.schemas.avro.JobEvent(
        IdentityWire.job(event.job()),
        run == null ? null : IdentityWire.run(run),
        event.cluster(),
        event.executor(),
        event.node(),
        event.at(),
        event.sequence(),
        detail(event.detail()));
  }

  static JobEvent event(io.faultline.schemas.avro.JobEvent event) {
    var run = event.getRun();
    return new JobEvent(
        IdentityWire.job(event.getJob()),
        run == null ? null : IdentityWire.run(run),
        event.getCluster(),
        event.getExecutor(),
        event.getNode(),
        event.getAt(),
        event.getSequence(),
        detail(event.getDetail()));
  }

  private static Object detail(Detail detail) {
    if (detail instanceof JobEvent.Submitted d) {
      return new Submitted(d.owner());
    } else if (detail instanceof JobEvent.Leased) {
      return new Leased();
    } else if (detail instanceof JobEvent.Pending d) {
      return new Pending(d.podName());
    } else if (detail instanceof JobEvent.Running d) {
      return new Running(d.podName());
    } else if (detail instanceof JobEvent.Succeeded) {
      return new Succeeded();
    } else if (detail instanceof JobEvent.Failed d) {
      return new Failed(
          EvidenceWire.kind(d.kind()),
          ClassifyWire.info(d.failureInfo()),
          d.reason(),
          d.message(),
          d.retryable(),
          d.policy());
    } else if (detail instanceof JobEvent.Cancelled d) {
      return new Cancelled(d.reason(), d.requestedBy());
    } else if (detail instanceof JobEvent.Preempted d) {
      return new Preempted(d.reason());
    } else if (detail instanceof JobEvent.RetryScheduled d) {
      return new RetryScheduled(IdentityWire.run(d.next()), d.dueAt());
    }
    throw new IllegalStateException("event without a mapping: " + detail);
  }

  private static Detail detail(Object detail) {
    if (detail instanceof Submitted d) {
      return new JobEvent.Submitted(d.getOwner());
    } else if (detail instanceof Leased) {
      return new JobEvent.Leased();
    } else if (detail instanceof Pending d) {
      return new JobEvent.Pending(d.getPodName());
    } else if (detail instanceof Running d) {
      return new JobEvent.Running(d.getPodName());
    } else if (detail instanceof Succeeded) {
      return new JobEvent.Succeeded();
    } else if (detail instanceof Failed d) {
      return new JobEvent.Failed(
          EvidenceWire.kind(d.getKind()),
          ClassifyWire.info(d.getFailureInfo()),
          d.getReason(),
          d.getMessage(),
          d.getRetryable(),
          d.getPolicy());
    } else if (detail instanceof Cancelled d) {
      return new JobEvent.Cancelled(d.getReason(), d.getRequestedBy());
    } else if (detail instanceof Preempted d) {
      return new JobEvent.Preempted(d.getReason());
    } else if (detail instanceof RetryScheduled d) {
      return new JobEvent.RetryScheduled(IdentityWire.run(d.getNext()), d.getDueAt());
    }
    throw new IllegalStateException("event without a mapping: " + detail);
  }
}
