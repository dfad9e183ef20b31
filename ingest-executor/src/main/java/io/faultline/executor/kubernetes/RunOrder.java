package io.faultline.executor.kubernetes;

import io.faultline.app.Recent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which run of its job each pod is, where nothing on it says so: its place among the job's pods in
 * the order in which they were made. Of the jobs that were asked about least lately, what is known
 * is forgotten when there are too many.
 */
final class RunOrder {

  private static final int MOST_JOBS = 50_000;

  private record Made(Instant at, String uid) {}

  private final Map<String, NavigableSet<Made>> jobs = new Recent<>(MOST_JOBS);

  /** There is this pod, or was. */
  synchronized void made(String jobId, String uid, Instant at) {
    jobs.computeIfAbsent(
            jobId, id -> new TreeSet<>(Comparator.comparing(Made::at).thenComparing(Made::uid)))
        .add(new Made(at, uid));
  }

  /** How many pods of the job were made before this one. */
  synchronized int index(String jobId, String uid, Instant at) {
    NavigableSet<Made> pods = jobs.get(jobId);
    return pods == null ? 0 : pods.headSet(new Made(at, uid)).size();
  }
}
