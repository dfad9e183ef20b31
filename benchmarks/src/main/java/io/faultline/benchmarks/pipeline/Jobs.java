package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.schemas.Topics;
import java.util.HashMap;
import java.util.Map;

/**
 * Jobs that are submitted, claimed and fail. A second failure follows as soon as its run is asked
 * for; when first failures are sent is for each kind of measurement to say.
 */
abstract class Jobs implements Traffic.Listener {

  final Traffic traffic;
  final int jobs;
  private final Map<String, Integer> numbers = new HashMap<>();
  private int leased;
  private int over;

  Jobs(Traffic traffic, int jobs) {
    this.traffic = traffic;
    this.jobs = jobs;
    for (int i = 0; i < jobs; i++) {
      numbers.put(Workload.jobId(i), i);
    }
  }

  /** Submits all jobs and claims their first runs. */
  final void submit() {
    for (int i = 0; i < jobs; i++) {
      String id = Workload.jobId(i);
      traffic.send(Topics.JOB_COMMANDS, id, Workload.submit(id));
    }
    while (leased < jobs) {
      traffic.listen(this);
    }
  }

  /** Sends a job's first failure. */
  final void fail(int number) {
    traffic.send(Topics.JOB_ERRORS, Workload.jobId(number), Workload.error(number, 0));
  }

  /** Reads until all jobs have ended. */
  final void awaitEnd() {
    while (over < jobs) {
      traffic.listen(this);
    }
  }

  /** A JobFailed was read. */
  abstract void failed(int number, JobEvent event);

  @Override
  public final void requested(RunRequest request) {
    String id = request.job().jobId();
    traffic.send(Topics.RUN_REPORTS, id, Workload.leased(id, request.run().index()));
  }

  @Override
  public final void happened(JobEvent event) {
    int number = numbers.get(event.job().jobId());
    if (event.detail() instanceof JobEvent.Leased) {
      if (event.run().index() == 0) {
        leased++;
      } else {
        traffic.send(
            Topics.JOB_ERRORS, event.job().jobId(), Workload.error(number, event.run().index()));
      }
    } else if (event.detail() instanceof JobEvent.Failed failed) {
      failed(number, event);
      if (!failed.retryable()) {
        over++;
      }
    }
  }
}
