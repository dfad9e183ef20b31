package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.app.Worker;
import io.faultline.domain.watched.WatchedFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches Jobs that others made, of JobSets and alone, and tells of those that failed; it writes
 * nothing to them. What was told is remembered nowhere else, so that after a restart what is still
 * there is told again, under the same UID.
 */
public final class OtherJobs implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OtherJobs.class);
  private static final Duration FIRST_LIST = Duration.ofMinutes(1);
  private static final long TICK_MILLIS = 200;

  /** How often a cluster that knows no JobSets is asked again. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  /** How long a failed Job waits for its JobSet to be seen. */
  private static final Duration SET_PATIENCE = Duration.ofSeconds(10);

  /** How many are told at once. */
  private static final int AT_ONCE = 500;

  private final OthersSettings which;
  private final KubernetesSettings settings;
  private final Clock clock;
  private final OtherJobSets sets;
  private final Consumer<List<WatchedFailure>> failures;

  /** By UID; of those that were told, no more than that they were. */
  private final Map<String, FailedJob> failed = new ConcurrentHashMap<>();

  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Worker.threads("kubernetes-jobs"));
  private @Nullable ObjectWatch<Job> watch;
  private Instant askAt = Instant.EPOCH;

  private OtherJobs(
      OthersSettings which,
      KubernetesSettings settings,
      Clock clock,
      OtherJobSets sets,
      Consumer<List<WatchedFailure>> failures) {
    this.which = which;
    this.settings = settings;
    this.clock = clock;
    this.sets = sets;
    this.failures = failures;
  }

  /** Lists what is there, JobSets first, and begins to tell. */
  static OtherJobs begin(
      KubernetesClient client,
      PodApi api,
      OthersSettings which,
      KubernetesSettings settings,
      Clock clock,
      Consumer<List<WatchedFailure>> failures)
      throws IOException {
    OtherJobs jobs =
        new OtherJobs(which, settings, clock, new OtherJobSets(client, api, which), failures);
    try {
      jobs.sets.begin();
      jobs.askAt = clock.instant().plus(ASK_AGAIN);
      jobs.watch =
          ObjectWatch.begin(
              new ObjectWatch.Kind<>("jobs", client.batch().v1().jobs(), OtherJob::key),
              which.namespaces(),
              which.selector(),
              FIRST_LIST,
              new ObjectWatch.Told<>(jobs::seen, job -> {}, jobs::gone));
    } catch (IOException e) {
      jobs.close();
      throw e;
    }
    var unused =
        jobs.ticks.scheduleWithFixedDelay(jobs::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return jobs;
  }

  private void seen(Job state) {
    OtherJob job = new OtherJob(state);
    if (job.failure().isPresent() && counts(job)) {
      var unused = failed.computeIfAbsent(job.uid(), uid -> withSet(failed(job)));
    }
  }

  private FailedJob failed(OtherJob job) {
    return new FailedJob(
        job.setKey(),
        job.setUid(),
        new WatchedFailure(
            job.asSet(),
            job.failed(which.mappings().get(0), settings.messages(), clock.instant()),
            settings.executor(),
            settings.cluster(),
            job.namespace()),
        job.setKey().isEmpty(),
        clock.instant(),
        false);
  }

  /** Its set stands as it was when the failure was seen: its controller will soon change it. */
  private FailedJob withSet(FailedJob job) {
    WatchedFailure failure = job.failure();
    return job.complete() || failure == null
        ? job
        : job.setKey()
            .flatMap(key -> sets.find(key, job.setUid()))
            .map(set -> job.in(set.in(failure.member().fence().generation())))
            .orElse(job);
  }

  /** A Job that failed long ago might have been decided about and forgotten. */
  private boolean counts(OtherJob job) {
    Instant since = clock.instant().minus(which.endedWithin());
    return job.failedAt().map(since::isBefore).orElse(true);
  }

  private void gone(Job job) {
    failed.computeIfPresent(
        PodView.text(job.getMetadata().getUid()),
        (uid, known) -> known.wasTold() ? null : known.asGone());
  }

  private void tick() {
    try {
      askAgain();
      tell();
    } catch (IOException | RuntimeException e) {
      log.atWarn()
          .setMessage("failed Jobs that others made are told later")
          .addKeyValue("problem", e.toString())
          .log();
    }
  }

  private void askAgain() throws IOException {
    Instant now = clock.instant();
    if (!sets.watched() && !now.isBefore(askAt)) {
      askAt = now.plus(ASK_AGAIN);
      sets.begin();
    }
  }

  private void tell() {
    List<WatchedFailure> due = new ArrayList<>();
    for (FailedJob job : failed.values()) {
      if (due.size() < AT_ONCE && !job.wasTold()) {
        FailedJob now = withSet(job);
        if (now.complete() || !mayComplete(now)) {
          due.add(now.failure());
        }
      }
    }
    if (!due.isEmpty()) {
      failures.accept(due);
      due.forEach(
          one ->
              failed.computeIfPresent(one.id(), (uid, job) -> job.gone() ? null : FailedJob.TOLD));
    }
  }

  /** Whether its set may yet be seen. */
  private boolean mayComplete(FailedJob job) {
    return sets.watched() && clock.instant().isBefore(job.seenAt().plus(SET_PATIENCE));
  }

  /** How many Jobs that failed are there still, or wait to be told. */
  public int count() {
    return failed.size();
  }

  @Override
  public void close() {
    ObjectWatch<Job> begun = watch;
    if (begun != null) {
      begun.close();
    }
    sets.close();
    ticks.shutdownNow();
    try {
      if (!ticks.awaitTermination(10, TimeUnit.SECONDS)) {
        log.atWarn().setMessage("failed Jobs are being told while closing").log();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
