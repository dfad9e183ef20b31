package io.faultline.executor.cluster;

import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunRequest;

/**
 * What is to be made: a claimed run, and the spec of its job.
 *
 * @param request the run, the name of its pod, and how it differs from what was submitted
 * @param spec what was submitted
 */
public record PodOrder(RunRequest request, JobSpec spec) {

  /** The run's id. */
  public String runId() {
    return request.run().runId();
  }
}
