package io.faultline.executor.local;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.executor.cluster.Room;
import java.util.List;

/**
 * What a run's folder keeps of its order, for whoever finds it later: {@code run.json}.
 *
 * @param runId the run
 * @param jobId its job
 * @param podName its name
 * @param graceSeconds how long it may take to end after SIGTERM
 * @param needs what it takes
 * @param containers regular ones first, then init containers; the number of each is its place here
 */
record RunRecord(
    String runId,
    String jobId,
    String podName,
    long graceSeconds,
    Room needs,
    List<KeptContainer> containers) {

  static final String FILE = "run.json";

  /**
   * One container.
   *
   * @param memoryLimit in bytes; 0 when there is none
   * @param fallbackToLogs whether the end of its log stands in for a message
   * @param cgroup its control group's folder; empty when it has none
   * @param missing what a runtime would say if its program could not be started when it was
   *     prepared; else empty
   */
  record KeptContainer(
      String name,
      ContainerRole role,
      String image,
      long memoryLimit,
      boolean fallbackToLogs,
      String cgroup,
      String missing) {}
}
