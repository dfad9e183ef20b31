package io.faultline.executor.kubernetes;

import java.time.Duration;
import java.util.List;

/**
 * Which pods that others made are watched, and whose they are; and whether their Jobs and JobSets
 * are.
 *
 * @param mappings how their jobs are told, each for a kind of pods; none are watched where it is
 *     empty
 * @param namespaces where; empty for all
 * @param selector a label selector that they must match besides; may be empty
 * @param endedWithin a pod that ended longer ago when it is seen first is passed over: shorter than
 *     the classifier remembers what it counted. So is a Job that failed longer ago
 * @param sets whether Jobs and JobSets are watched, and their pods told under their set's record
 *     key
 */
public record OthersSettings(
    List<Mapping> mappings,
    List<String> namespaces,
    String selector,
    Duration endedWithin,
    boolean sets) {

  /** Copies the lists. */
  public OthersSettings {
    mappings = List.copyOf(mappings);
    namespaces = List.copyOf(namespaces);
  }

  /** Of pods alone. */
  public OthersSettings(
      List<Mapping> mappings, List<String> namespaces, String selector, Duration endedWithin) {
    this(mappings, namespaces, selector, endedWithin, false);
  }

  /** Whether any are watched. */
  public boolean enabled() {
    return !mappings.isEmpty();
  }

  /**
   * Where the job of a pod is said.
   *
   * @param jobId the job; a pod that says none is passed over
   * @param queue its queue; the namespace stands for one that says none
   * @param jobSet its job set
   * @param runIndex which run of the job it is; where none is said, its place in the order in which
   *     the job's pods were made
   */
  public record Mapping(PodWords jobId, PodWords queue, PodWords jobSet, PodWords runIndex) {

    /** Pods of Armada's executors. */
    public static final Mapping ARMADA =
        new Mapping(
            PodWords.parse("label:armada_job_id"),
            PodWords.parse("label:armada_queue_id"),
            PodWords.parse("annotation:armada_jobset_id"),
            PodWords.parse("label:armada_job_run_index"));

    /** Pods of Kubernetes Jobs; each index of an indexed one is a job, the whole a job set. */
    public static final Mapping JOBS =
        new Mapping(
            PodWords.parse(
                "label:batch.kubernetes.io/controller-uid,"
                    + " annotation:batch.kubernetes.io/job-completion-index"),
            PodWords.parse("namespace"),
            PodWords.parse("label:batch.kubernetes.io/job-name"),
            PodWords.NOWHERE);

    /** These; those of {@code other} where there are none here. */
    public Mapping or(Mapping other) {
      return new Mapping(
          jobId.places().isEmpty() ? other.jobId : jobId,
          queue.places().isEmpty() ? other.queue : queue,
          jobSet.places().isEmpty() ? other.jobSet : jobSet,
          runIndex.places().isEmpty() ? other.runIndex : runIndex);
    }
  }
}
