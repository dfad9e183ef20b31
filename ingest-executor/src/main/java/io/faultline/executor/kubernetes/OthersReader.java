package io.faultline.executor.kubernetes;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of pods that others made which of their ends are failures, with the evidence that a pod of
 * ours would give.
 *
 * @param which whose they are
 * @param settings who reports, and where
 * @param events asks for a failed pod's events
 * @param evidence makes evidence of a failed pod
 * @param fates reads what a pod has come to
 */
record OthersReader(
    OthersSettings which,
    KubernetesSettings settings,
    PodEvents events,
    PodEvidence evidence,
    FateReader fates) {

  /**
   * That a pod is deleted before it ended says nothing of its job: cancelling a job, or running
   * fewer of it, looks just like that, and only who made the pod knows.
   */
  private static final Set<InternalCause> BY_ITS_MAKER =
      EnumSet.of(InternalCause.EXTERNALLY_DELETED, InternalCause.POD_MISSING);

  /** What a pod has come to. */
  PodFate fate(TrackedPod pod, PodView view, Instant now) {
    return pod.gone() ? fates.gone(view, now) : fates.read(view, now);
  }

  /** Whether an end is a failure, and one that can't have been counted and forgotten. */
  boolean counts(PodFate end, Instant now) {
    return end instanceof PodFate.Failed bad
        && !BY_ITS_MAKER.contains(bad.cause())
        && bad.at().isAfter(now.minus(which.endedWithin()));
  }

  /** The error of a failed pod, the same whenever it is read; empty where it is read again. */
  Optional<JobError> error(
      TrackedPod pod, PodView view, OthersRun run, int index, PodFate.Failed bad) {
    return events.of(pod, view).map(seen -> error(run, index, bad, evidence.of(view, bad, seen)));
  }

  private JobError error(OthersRun run, int index, PodFate.Failed bad, Evidence seen) {
    return new JobError(
        run.uid() + "/0",
        run.job(),
        new RunIdentity(run.uid(), run.index().orElse(index)),
        settings.executor(),
        settings.cluster(),
        run.namespace(),
        run.podName(),
        bad.at(),
        true,
        seen);
  }
}
