package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Jobs whose first failure is tried again at the time that comes with it, or ends them where none
 * does. Each call has jobs of its own.
 */
final class WaitingJobs implements Traffic.Listener {

  private final Traffic traffic;
  private final Map<String, Instant> dueAt = new HashMap<>();
  private final List<Double> lateMillis = new ArrayList<>();
  private Speed speed = new Speed(1);
  private int submitted;
  private int asked;
  private int ended;
  private int waiting;
  private int retried;

  WaitingJobs(Traffic traffic) {
    this.traffic = traffic;
  }

  /** How fast failures are decided that end their jobs. */
  Speed.Result decide(int jobs) {
    int all = ended + jobs;
    List<String> ids = submit(jobs);
    speed = new Speed(jobs / 100);
    fail(ids, i -> null);
    while (ended < all) {
      traffic.listen(this);
    }
    return speed.result();
  }

  /** Has retries fire as soon as they are scheduled. */
  void fire(int jobs) {
    int all = retried + jobs;
    Instant now = Instant.now();
    fail(submit(jobs), i -> now);
    while (retried < all) {
      traffic.listen(this);
    }
  }

  /** Has retries wait for longer than anything here takes. */
  void pend(int jobs) {
    int all = waiting + jobs;
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    fail(submit(jobs), i -> tomorrow.plusMillis(i));
    while (waiting < all) {
      traffic.listen(this);
    }
  }

  /**
   * How late retries are asked for that come due at a steady rate.
   *
   * @param rate how many are due a second
   * @return from when each was due to when it could be read with read_committed, in ms
   */
  double[] late(int jobs, int rate, Duration lead) {
    int all = retried + jobs;
    List<String> ids = submit(jobs);
    Instant first = Instant.now().plus(lead);
    IntFunction<Instant> due = i -> first.plusNanos(i * 1_000_000_000L / rate);
    for (int i = 0; i < jobs; i++) {
      dueAt.put(ids.get(i), due.apply(i));
    }
    fail(ids, due);
    while (retried < all) {
      traffic.listen(this);
    }
    return lateMillis.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private List<String> submit(int jobs) {
    List<String> ids = new ArrayList<>(jobs);
    for (int i = 0; i < jobs; i++) {
      ids.add(Workload.jobId(submitted + i));
    }
    submitted += jobs;
    ids.forEach(id -> traffic.send(Topics.JOB_COMMANDS, id, Workload.submit(id)));
    while (asked < submitted) {
      traffic.listen(this);
    }
    return ids;
  }

  private void fail(List<String> ids, IntFunction<@Nullable Instant> retryAfter) {
    for (int i = 0; i < ids.size(); i++) {
      ClassifiedError failure = failure(ids.get(i), retryAfter.apply(i));
      traffic.send(Topics.CLASSIFIED_ERRORS, ids.get(i), failure);
    }
  }

  private static ClassifiedError failure(String id, @Nullable Instant retryAfter) {
    JobError error = Workload.error(id, 0, retryAfter == null ? 1 : 74, "it failed", retryAfter);
    Evidence evidence = error.evidence();
    FailureInfo info =
        new FailureInfo(retryAfter == null ? 1 : 74, "it failed", "main", "", "", List.of(), "");
    return new ClassifiedError(
        error,
        new Classification(info, PodAction.RETAIN, evidence.podMessage(), null, false),
        "default",
        1,
        true,
        new FailureCounts(1, 1),
        FailureRates.UNKNOWN);
  }

  @Override
  public void requested(RunRequest request) {
    if (request.run().index() == 0) {
      asked++;
      return;
    }
    retried++;
    Instant due = dueAt.remove(request.job().jobId());
    if (due != null) {
      lateMillis.add(Duration.between(due, Instant.now()).toNanos() / 1e6);
    }
  }

  @Override
  public void happened(JobEvent event) {
    if (event.detail() instanceof JobEvent.RetryScheduled) {
      waiting++;
    } else if (event.detail() instanceof JobEvent.Failed failed && !failed.retryable()) {
      ended++;
      speed.count();
    }
  }
}
