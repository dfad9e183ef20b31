package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.watched.WatchedSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a JobSet that others made.
 *
 * @param uid its UID
 * @param name its name
 * @param replicatedJobs in the order of its manifest
 * @param policy the failure policy that is taken
 * @param counters how often it had started again, by generation: of the newest few, the last that
 *     was seen while it was in it
 */
record OtherJobSet(
    String uid,
    String name,
    List<ReplicatedJob> replicatedJobs,
    OtherPolicy policy,
    NavigableMap<Integer, GroupCounters> counters) {

  private static final int GENERATIONS = 4;

  /**
   * As it is now.
   *
   * @param before as it was seen before; null where it was not
   */
  static OtherJobSet of(
      GenericKubernetesResource set, @Nullable OtherJobSet before, KubernetesSerialization json) {
    String uid = PodView.text(set.getMetadata().getUid());
    List<ReplicatedJob> jobs = replicatedJobs(set);
    NavigableMap<Integer, GroupCounters> counters = new TreeMap<>();
    boolean same = before != null && before.uid.equals(uid);
    if (same) {
      counters.putAll(before.counters);
    }
    GroupCounters now = counters(set);
    counters.put(now.restarts(), now);
    while (counters.size() > GENERATIONS) {
      counters.pollFirstEntry();
    }
    return new OtherJobSet(
        uid,
        PodView.text(set.getMetadata().getName()),
        jobs,
        OtherPolicy.of(set, new GroupShape(jobs), json),
        counters);
  }

  /** As it stood in a generation; where that was not seen, as far as what came later says. */
  WatchedSet in(int generation) {
    GroupCounters then = counters.get(generation);
    if (then == null) {
      GroupCounters last = counters.lastEntry().getValue();
      then = new GroupCounters(generation, Math.min(generation, last.counted()), last.jobs());
    }
    return new WatchedSet(
        uid,
        name,
        WatchedSet.Kind.JOB_SET,
        replicatedJobs,
        policy.policy(),
        policy.problem(),
        then);
  }

  private static List<ReplicatedJob> replicatedJobs(GenericKubernetesResource set) {
    List<ReplicatedJob> jobs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Map<?, ?> job : maps(set.get("spec", "replicatedJobs"))) {
      if (job.get("name") instanceof String name && names.add(name)) {
        int replicas = job.get("replicas") instanceof Number number ? number.intValue() : 1;
        jobs.add(new ReplicatedJob(name, Math.max(0, replicas)));
      }
    }
    return jobs;
  }

  private static GroupCounters counters(GenericKubernetesResource set) {
    Map<JobIndex, JobRestarts> jobs = new LinkedHashMap<>();
    for (Map<?, ?> job : maps(set.get("status", "replicatedJobsStatus"))) {
      if (job.get("name") instanceof String name) {
        List<Integer> restarts = numbers(job.get("jobRestarts"));
        List<Integer> counted = numbers(job.get("jobRestartsCountTowardsMax"));
        for (int i = 0; i < restarts.size(); i++) {
          if (restarts.get(i) > 0) {
            int counts = i < counted.size() ? counted.get(i) : 0;
            jobs.put(new JobIndex(name, i), new JobRestarts(restarts.get(i), counts));
          }
        }
      }
    }
    return new GroupCounters(
        number(set.get("status", "restarts")),
        number(set.get("status", "restartsCountTowardsMax")),
        jobs);
  }

  private static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> each) {
      each.forEach(
          one -> {
            if (one instanceof Map<?, ?> map) {
              maps.add(map);
            }
          });
    }
    return maps;
  }

  private static List<Integer> numbers(@Nullable Object list) {
    return list instanceof List<?> each
        ? each.stream().map(OtherJobSet::number).toList()
        : List.of();
  }

  private static int number(@Nullable Object value) {
    return value instanceof Number number ? Math.max(0, number.intValue()) : 0;
  }

  /** What says which JobSet it is, and in which version. */
  static GenericKubernetesResource key(GenericKubernetesResource set) {
    GenericKubernetesResource key = new GenericKubernetesResource();
    key.setApiVersion(set.getApiVersion());
    key.setKind(set.getKind());
    key.setMetadata(OtherJob.identity(set));
    return key;
  }
}
