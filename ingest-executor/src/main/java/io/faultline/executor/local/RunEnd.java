package io.faultline.executor.local;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.Termination;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Preemption;
import io.faultline.executor.local.RunRecord.KeptContainer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run came to, from its folder; always the same of the same folder. The words are those that
 * Kubernetes has for the same thing.
 *
 * @param node this machine's name
 * @param messages how termination messages are read
 */
record RunEnd(String node, LastWords messages) {

  /** Why a run ended; these are the words in the file {@code end}. */
  static final String DONE = "done";

  static final String COMMAND = "command";
  static final String LEASE = "lease";
  static final String PREEMPTED = "preempted";
  static final String DEADLINE = "deadline";
  static final String EXTERNAL = "external";
  static final String LOST = "lost";

  private static final int KILLED = 137;

  /** What is known of a run that has ended. */
  Observation of(RunFolder folder, RunRecord run, String cause) {
    List<ContainerEvidence> containers = new ArrayList<>();
    boolean fine = true;
    for (int i = 0; i < run.containers().size(); i++) {
      ContainerEvidence seen = container(folder, i, run.containers().get(i));
      containers.add(seen);
      Termination end = seen.termination();
      fine &= end != null && end.exitCode() == 0;
    }
    Instant at = folder.at("end");
    return switch (cause) {
      case COMMAND -> new Observation.Stopped(run.runId(), node, at);
      case DONE ->
          fine
              ? new Observation.Succeeded(run.runId(), node, at)
              : failed(run, at, containers, EvidenceKind.POD_FAILED, null, "", "", "");
      case DEADLINE ->
          failed(
              run,
              at,
              containers,
              EvidenceKind.POD_ISSUE,
              InternalCause.ACTIVE_DEADLINE,
              "DeadlineExceeded",
              "Pod was active on the node longer than the specified deadline",
              "");
      case LEASE ->
          failed(
              run,
              at,
              containers,
              EvidenceKind.LEASE_EXPIRED,
              InternalCause.LEASE_EXPIRED,
              "",
              "",
              "the executor could not say in time that it lives, so the run was ended");
      case PREEMPTED ->
          new Observation.Failed(
              run.runId(), node, at, Preemption.evidence(folder.why(), "Failed", node, containers));
      case EXTERNAL ->
          failed(
              run,
              at,
              containers,
              EvidenceKind.POD_ISSUE,
              InternalCause.EXTERNALLY_DELETED,
              "",
              "",
              "the run's supervisor was told to end by someone else");
      default ->
          failed(
              run,
              at,
              containers,
              EvidenceKind.POD_ISSUE,
              InternalCause.POD_MISSING,
              "",
              "",
              "the run's supervisor is gone and wrote no end: the machine went down, or it was killed");
    };
  }

  private Observation failed(
      RunRecord run,
      Instant at,
      List<ContainerEvidence> containers,
      EvidenceKind kind,
      InternalCause cause,
      String reason,
      String message,
      String podError) {
    return new Observation.Failed(
        run.runId(),
        node,
        at,
        new Evidence(
            kind, cause, reason, message, "Failed", node, containers, List.of(), podError, null));
  }

  private ContainerEvidence container(RunFolder folder, int number, KeptContainer kept) {
    Path own = folder.container(number);
    Termination end =
        folder
            .line("c/" + number + "/exit")
            .filter(code -> code.matches("[0-9]{1,3}"))
            .map(Integer::parseInt)
            .map(code -> termination(folder, number, kept, own, code))
            .orElse(null);
    boolean started = folder.line("c/" + number + "/pid").isPresent();
    String waiting = end == null && !started ? "PodInitializing" : "";
    return new ContainerEvidence(kept.name(), kept.role(), kept.image(), end, waiting, null);
  }

  private Termination termination(
      RunFolder folder, int number, KeptContainer kept, Path own, int code) {
    if (folder.line("c/" + number + "/oom").isPresent()) {
      return new Termination(KILLED, 9, "OOMKilled", messages.of(own, kept.fallbackToLogs(), true));
    }
    String refused = folder.line("c/" + number + "/refused").orElse("");
    if (refused.isEmpty() && (code == 126 || code == 127)) {
      refused = kept.missing();
    }
    if (!refused.isEmpty()) {
      return new Termination(code, 0, "StartError", messages.cut().head(refused));
    }
    String message = messages.of(own, kept.fallbackToLogs(), code != 0);
    return new Termination(code, signal(code), code == 0 ? "Completed" : "Error", message);
  }

  /** A shell and Kubernetes alike show a signal as 128 and its number. */
  private static int signal(int code) {
    return code > 128 && code <= 128 + 64 ? code - 128 : 0;
  }
}
