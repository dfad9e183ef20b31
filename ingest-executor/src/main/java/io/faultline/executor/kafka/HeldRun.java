package io.faultline.executor.kafka;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.kafka.Sightings.Sighting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run whose lease is ours, and what has been said of it since we took or found it. */
final class HeldRun {

  private final Lease lease;
  private final String namespace;
  private @Nullable Evidence refused;
  private boolean gone;
  private boolean stopped;
  private boolean preempted;
  private boolean pendingTold;
  private boolean runningTold;

  HeldRun(Lease lease, String namespace) {
    this.lease = lease;
    this.namespace = namespace;
  }

  String runId() {
    return lease.request().run().runId();
  }

  String queue() {
    return lease.request().job().queue();
  }

  /** It is to make room; false where it was told before. */
  boolean preempt() {
    boolean first = !preempted;
    preempted = true;
    return first;
  }

  /** Its pod could not be made. */
  void refused(Evidence evidence) {
    refused = evidence;
  }

  /** Its job has ended, and nothing of it is there. */
  void gone() {
    gone = true;
  }

  /** A command said to end it: from now on its end is no failure. */
  void stopped() {
    stopped = true;
  }

  /**
   * Says what has not been said of it.
   *
   * @return whether this was its end
   */
  boolean tell(Sighting seen, Outbox outbox, Instant now) {
    Instant made = seen.made();
    if (made != null && !pendingTold) {
      pendingTold = true;
      outbox.report(report(RunState.PENDING, "", made));
    }
    if (seen.running() != null && !runningTold) {
      runningTold = true;
      outbox.report(report(RunState.RUNNING, seen.running().node(), seen.running().at()));
    }
    Observation end = seen.end();
    if (end == null && refused == null && !gone) {
      return false;
    }
    String node = end == null ? "" : end.node();
    Instant at = end == null ? now : end.at();
    Evidence evidence = end instanceof Observation.Failed bad ? bad.evidence() : refused;
    if (stopped || gone || end instanceof Observation.Stopped) {
      outbox.report(report(RunState.STOPPED, node, at));
    } else if (evidence != null) {
      outbox.error(error(lease, namespace, evidence, at));
    } else {
      outbox.report(report(RunState.SUCCEEDED, node, at));
    }
    outbox.release(runId());
    return true;
  }

  private RunReport report(RunState state, String node, Instant at) {
    return report(lease, namespace, state, node, at);
  }

  static RunReport report(Lease lease, String namespace, RunState state, String node, Instant at) {
    RunRequest request = lease.request();
    return new RunReport(
        request.job(),
        request.run(),
        state,
        lease.executor(),
        lease.cluster(),
        namespace,
        request.podName(),
        node,
        at);
  }

  /** Its one terminal error; the same id however often it is reported. */
  static JobError error(Lease lease, String namespace, Evidence evidence, Instant at) {
    RunRequest request = lease.request();
    return new JobError(
        request.run().runId() + "/0",
        request.job(),
        request.run(),
        lease.executor(),
        lease.cluster(),
        namespace,
        request.podName(),
        at,
        true,
        evidence);
  }
}
