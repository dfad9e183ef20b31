package io.faultline.executor.kafka;

import io.faultline.domain.job.ExecutorCommand;
import io.faultline.executor.ExecutorSettings;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.cordon.CordonWatch;
import io.faultline.executor.cordon.Cordons;
import io.faultline.schemas.Codecs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims runs, has them run, and says what becomes of them: one thread, in lives. A life begins by
 * reading what this executor holds, whoever wrote it; anything that goes wrong with Kafka ends it,
 * and the next one begins the same way. So a crash and a broker that was away are one case.
 */
public final class ExecutorLoop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExecutorLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ExecutorSettings settings;
  private final Codecs codecs;
  private final Cluster cluster;
  private final CordonWatch cordons;
  private final Clock clock;
  private final ExecutorMetrics metrics;
  private final Sightings sightings = new Sightings();
  private final Heartbeats heartbeats;
  private final CommandFollower commands;
  private final Thread thread = new Thread(this::run, "executor-loop");
  private volatile boolean closed;
  private volatile boolean claims = true;
  private volatile Life life;
  private volatile Throwable failure;

  /** Prepares; nothing runs yet. */
  public ExecutorLoop(
      ExecutorSettings settings,
      Codecs codecs,
      Cluster cluster,
      CordonWatch cordons,
      Clock clock,
      ExecutorMetrics metrics) {
    this.settings = settings;
    this.codecs = codecs;
    this.cluster = cluster;
    this.cordons = cordons;
    this.clock = clock;
    this.metrics = metrics;
    this.heartbeats =
        new Heartbeats(settings, codecs, clock, cluster::leaseRenewed, this::endAllRuns);
    this.commands =
        new CommandFollower(settings.common(), codecs, settings.id(), sightings::command);
    metrics.silence(() -> heartbeats.silence().toMillis());
    metrics.backoff(() -> cluster.backoff().toMillis());
  }

  /** Begins. */
  public void start() {
    cluster.watch(sightings::observe);
    heartbeats.start();
    commands.start();
    thread.start();
  }

  /** Whether it claims and reports now. */
  public boolean ready() {
    Life now = life;
    return now != null && now.holdsAll() && failure == null;
  }

  /** What ended it for good: another process has taken its id. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Claims nothing more and ends what runs; reports go on. Returns when all has ended. */
  public void endRuns(Duration patience) throws InterruptedException {
    claims = false;
    long until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until && (life == null || life.held() > 0)) {
      endAllRuns(); // again, for one that was being claimed
      Thread.sleep(100);
    }
  }

  private void endAllRuns() {
    cluster.runs().forEach(run -> cluster.stop(run, StopCause.LEASE_LOST));
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed && failure == null) {
      long began = System.nanoTime();
      try {
        live();
        return;
      } catch (FencedInstanceIdException e) {
        superseded(e);
      } catch (InterruptException e) {
        return;
      } catch (KafkaException e) {
        log.atWarn()
            .setMessage("begins again after a problem with Kafka")
            .addKeyValue("problem", e.toString())
            .log();
      } catch (RuntimeException e) {
        log.atError().setMessage("begins again after a failure of its own").setCause(e).log();
      }
      if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS)) {
        pause = FIRST_PAUSE_MILLIS;
      }
      pause = pause(pause);
    }
  }

  private void live() {
    try (Life begun = Life.begin(settings, codecs, cluster, clock, metrics, sightings)) {
      sightings.onNews(begun::wakeup);
      life = begun;
      while (!closed) {
        for (ExecutorCommand command : sightings.takeCommands()) {
          begun.follow(command);
        }
        Cordons held = cordons.now();
        begun.drain(held);
        begun.report();
        begun.claim(held, mayClaim(held));
      }
      begun.report();
    } finally {
      life = null;
      sightings.onNews(() -> {});
    }
  }

  private boolean mayClaim(Cordons held) {
    return claims && settings.claims() && cordons.known() && held.executor().isEmpty();
  }

  /** Someone else with this id has read the leases and runs them: what runs here is too many. */
  private void superseded(FencedInstanceIdException e) {
    failure =
        new IllegalStateException(
            "another process runs with the executor.id " + settings.id() + "; runs here are ended",
            e);
    log.atError()
        .setMessage("another process has taken this executor's id, runs here are ended")
        .addKeyValue("executor", settings.id())
        .log();
    heartbeats.close();
    endAllRuns();
  }

  private long pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    return Math.min(LONGEST_PAUSE_MILLIS, 2 * millis);
  }

  /** Ends the loop; runs stay as they are. */
  @Override
  public void close() {
    closed = true;
    Life now = life;
    if (now != null) {
      now.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    commands.close();
    heartbeats.close();
  }
}
