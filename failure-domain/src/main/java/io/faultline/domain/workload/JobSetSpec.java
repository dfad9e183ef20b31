package io.faultline.domain.workload;

import io.faultline.domain.group.FailurePolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of Jobs that stand or fall together, as a JobSet's manifest describes it.
 *
 * @param namespace of its pods
 * @param name the names of its members begin with it
 * @param labels of the set itself; its pods have those of their template
 * @param annotations of the set itself
 * @param replicatedJobs in the order of the manifest, at least one
 * @param failurePolicy what becomes of it when Jobs fail; null: it fails with the first
 * @param subdomain under which its pods find each other by host name; empty where they don't
 */
public record JobSetSpec(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<ReplicatedJobSpec> replicatedJobs,
    @Nullable FailurePolicy failurePolicy,
    String subdomain) {

  /** Copies the maps and the list. */
  public JobSetSpec {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    replicatedJobs = List.copyOf(replicatedJobs);
  }

  /** How many pods the set has, all at once. */
  public long pods() {
    return replicatedJobs.stream().mapToLong(job -> (long) job.replicas() * job.pods()).sum();
  }

  /** Its Jobs, made one after the other: replicated jobs in their order, each by its index. */
  public Stream<JobSetMember> members() {
    return replicatedJobs.stream()
        .flatMap(
            job ->
                IntStream.range(0, job.replicas())
                    .mapToObj(index -> job.member(place(job), index)));
  }

  /** Where the Jobs of a replicated job stand among all of them. */
  public SetPlace place(ReplicatedJobSpec job) {
    return new SetPlace(
        name,
        subdomain,
        job.name(),
        job.replicas(),
        job.pods(),
        count(replicatedJobs.stream()),
        count(before(job)),
        job.groupName(),
        count(replicatedJobs.stream().filter(sameGroup(job))),
        count(before(job).filter(sameGroup(job))));
  }

  private Stream<ReplicatedJobSpec> before(ReplicatedJobSpec job) {
    return replicatedJobs.stream().takeWhile(other -> !other.name().equals(job.name()));
  }

  private static Predicate<ReplicatedJobSpec> sameGroup(ReplicatedJobSpec job) {
    return other -> other.groupName().equals(job.groupName());
  }

  private static int count(Stream<ReplicatedJobSpec> jobs) {
    return jobs.mapToInt(ReplicatedJobSpec::replicas).sum();
  }
}
