package io.faultline.executor.kafka;

import io.faultline.executor.cluster.Room;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What the executor counts. */
public final class ExecutorMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger held = new AtomicInteger();
  private final TooBig tooBig = new TooBig(Clock.systemUTC());
  private final Counter claimed;
  private final Counter putBack;
  private final Counter setsClaimed;
  private final Counter setsPutBack;
  private final Counter ended;
  private final Counter restarts;
  private final Counter told;
  private final Counter toldJobs;
  private final Counter deferred;
  private final Counter preempted;

  /** Counts there. */
  public ExecutorMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("faultline.executor.held", held, AtomicInteger::get)
        .description("runs whose lease is held")
        .register(registry);
    Gauge.builder("faultline.executor.sets.too.big", tooBig, TooBig::count)
        .description("sets that wait and are larger than the executor")
        .register(registry);
    claimed = counter("faultline.executor.claimed", "runs that were claimed");
    putBack = counter("faultline.executor.put.back", "requests that went back, having no room");
    setsClaimed =
        counter("faultline.executor.sets.claimed", "requests for runs of sets that were claimed");
    setsPutBack =
        counter(
            "faultline.executor.sets.put.back",
            "requests for runs of sets that went back, having no room");
    ended = counter("faultline.executor.ended", "runs whose end was reported");
    restarts = counter("faultline.executor.begun", "times that the leases were taken up");
    deferred =
        counter(
            "faultline.executor.deferred",
            "requests that were not claimed, as their queue is cordoned");
    preempted = counter("faultline.executor.preempted", "runs that were ended to make room");
    told = counter("faultline.executor.others.failures", "failures of pods that others made");
    toldJobs = counter("faultline.executor.others.jobs.failures", "Jobs of others that failed");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void silence(LongSupplier millis) {
    Gauge.builder("faultline.executor.silence", millis, m -> m.getAsLong() / 1000.0)
        .baseUnit("seconds")
        .strongReference(true)
        .description("since the last acknowledged heartbeat was sent")
        .register(registry);
  }

  void backoff(LongSupplier millis) {
    Gauge.builder("faultline.executor.backoff", millis, m -> m.getAsLong() / 1000.0)
        .baseUnit("seconds")
        .strongReference(true)
        .description("how long nothing is asked of a cluster that is busy or away")
        .register(registry);
  }

  /** Pods that others made, as they are watched. */
  public void others(IntSupplier watched) {
    Gauge.builder("faultline.executor.others.pods", watched, IntSupplier::getAsInt)
        .strongReference(true)
        .description("pods that others made and that are watched")
        .register(registry);
  }

  void preempted() {
    preempted.increment();
  }

  void told() {
    told.increment();
  }

  void toldJobs(int more) {
    toldJobs.increment(more);
  }

  void held(int now) {
    held.set(now);
  }

  /**
   * What became of the requests of one poll.
   *
   * @param capacity what the executor has in all
   */
  void after(ClaimBatch batch, Room capacity) {
    batch.tooBig().forEach((setId, needs) -> tooBig.seen(setId, needs, capacity));
    claimed.increment(batch.claimed().size());
    setsClaimed.increment(batch.setsClaimed());
    putBack.increment(batch.putBackCount());
    setsPutBack.increment(batch.setsPutBack());
    deferred.increment(batch.deferredCount());
  }

  void ended(int more) {
    ended.increment(more);
  }

  void begun() {
    restarts.increment();
  }
}
