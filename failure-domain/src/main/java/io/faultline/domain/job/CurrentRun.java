package io.faultline.domain.job;

import io.faultline.domain.evidence.JobError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that is neither ended nor decided: it waits for its time, is asked for, or is held.
 *
 * @param id which one
 * @param executor who holds it; empty until claimed
 * @param cluster where; empty until claimed
 * @param namespace of its pod; empty until known
 * @param podName of its pod
 * @param node where it runs; empty until known
 * @param leased whether its leased event was emitted
 * @param pending whether its pending event was emitted
 * @param running whether its running event was emitted
 * @param lost whether it was reported as lost; the report then comes back classified
 * @param dueAt when it will be asked for; null once it was
 */
public record CurrentRun(
    RunIdentity id,
    String executor,
    String cluster,
    String namespace,
    String podName,
    String node,
    boolean leased,
    boolean pending,
    boolean running,
    boolean lost,
    @Nullable Instant dueAt) {

  /** A run that is asked for and not claimed. */
  public static CurrentRun requested(RunIdentity id, String podName) {
    return new CurrentRun(id, "", "", "", podName, "", false, false, false, false, null);
  }

  /** A run that will be asked for when it is due. */
  public static CurrentRun waiting(RunIdentity id, String podName, Instant dueAt) {
    return new CurrentRun(id, "", "", "", podName, "", false, false, false, false, dueAt);
  }

  /** The run that waited, asked for now. */
  public CurrentRun asRequested() {
    return requested(id, podName);
  }

  /** Whether it is neither asked for nor held. */
  public boolean waits() {
    return dueAt != null;
  }

  /** Whether an executor holds it. */
  public boolean held() {
    return !executor.isEmpty();
  }

  /** Whether a report of this state would say nothing new. */
  public boolean knows(RunState state) {
    return switch (state) {
      case LEASED -> leased;
      case PENDING -> pending;
      case RUNNING -> running;
      case SUCCEEDED, STOPPED, DEFERRED -> false;
    };
  }

  /** With what a report adds; what it leaves empty stays as it was. */
  public CurrentRun after(RunReport report) {
    return new CurrentRun(
        id,
        report.executor(),
        known(report.cluster(), cluster),
        known(report.namespace(), namespace),
        known(report.podName(), podName),
        known(report.node(), node),
        leased || report.state() == RunState.LEASED,
        pending || report.state() == RunState.PENDING,
        running || report.state() == RunState.RUNNING,
        lost,
        dueAt);
  }

  /** With what the report of its failure adds; what it leaves empty stays as it was. */
  public CurrentRun failed(JobError error) {
    return new CurrentRun(
        id,
        known(error.executor(), executor),
        known(error.cluster(), cluster),
        known(error.namespace(), namespace),
        known(error.podName(), podName),
        known(error.evidence().node(), node),
        leased,
        pending,
        running,
        lost,
        dueAt);
  }

  /** Reported as lost. */
  public CurrentRun asLost() {
    return new CurrentRun(
        id, executor, cluster, namespace, podName, node, leased, pending, running, true, dueAt);
  }

  private static String known(String now, String before) {
    return now.isEmpty() ? before : now;
  }
}
