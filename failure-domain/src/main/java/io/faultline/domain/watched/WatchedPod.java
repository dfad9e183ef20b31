package io.faultline.domain.watched;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.EndedBy;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.List;

/**
 * A failed pod of a Job of others, as far as it says why the Job failed.
 *
 * @param job as it was told: the Job's UID, and where it is indexed which index
 * @param run the pod's UID
 * @param podName its name
 * @param kind the kind of failure
 * @param categories those that it belongs to
 * @param categoriesRevision of the categories that classified it
 * @param endedBy what ended it
 * @param at when, by the clock of its node
 */
public record WatchedPod(
    JobIdentity job,
    RunIdentity run,
    String podName,
    EvidenceKind kind,
    List<String> categories,
    long categoriesRevision,
    EndedBy endedBy,
    Instant at) {

  /** Copies the list. */
  public WatchedPod {
    categories = List.copyOf(categories);
  }

  /** Of its classified failure. */
  static WatchedPod of(ClassifiedError failure) {
    JobError error = failure.error();
    List<String> categories = failure.classification().info().categories();
    return new WatchedPod(
        error.job(),
        error.run(),
        error.podName(),
        error.evidence().kind(),
        categories,
        failure.categoriesRevision(),
        EndedBy.of(error.evidence(), categories),
        error.at());
  }

  /** Whether it lost its connection to another one, and so says little of its own Job. */
  boolean lostPeer() {
    return endedBy == EndedBy.LOST_PEER;
  }
}
