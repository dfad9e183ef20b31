package io.faultline.executor.kafka;

import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.executor.ExecutorSettings;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.cordon.Cordons;
import io.faultline.executor.kafka.Sightings.Sighting;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop between two problems: what is held, and the clients that say so. Whatever was committed
 * before is known when it begins, and nothing of it is lost when it ends.
 */
final class Life implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Life.class);
  private static final Duration IDLE = Duration.ofMillis(500);

  /** After a restart there are thousands; a transaction with all of them would take too long. */
  private static final int REPORTED_AT_ONCE = 500;

  private final ExecutorSettings settings;
  private final Cluster cluster;
  private final Clock clock;
  private final ExecutorMetrics metrics;
  private final Sightings sightings;
  private final ClaimTransaction transaction;
  private final RunRequests requests;
  private final Specs specs;
  private final Claims claims;
  private final Patience patience = new Patience();
  private final Map<String, HeldRun> held = new HashMap<>();
  private final Set<String> deletes = new HashSet<>();
  private volatile int heldCount;
  private volatile boolean begun;

  private Life(
      ExecutorSettings settings,
      Codecs codecs,
      Cluster cluster,
      Clock clock,
      ExecutorMetrics metrics,
      Sightings sightings) {
    this.settings = settings;
    this.cluster = cluster;
    this.clock = clock;
    this.metrics = metrics;
    this.sightings = sightings;
    this.transaction =
        new ClaimTransaction(
            settings.common(),
            codecs,
            ExecutorSettings.SERVICE,
            settings.id(),
            settings.transactionTimeout());
    this.requests = new RunRequests(settings.common(), settings.id());
    this.specs = new Specs(settings.common(), codecs);
    this.claims =
        new Claims(
            settings.id(),
            cluster,
            codecs.serde(Topics.RUN_REQUESTS).deserializer(),
            specs::find,
            new Turns(settings.longestTurn()));
  }

  /** Reads the leases and brings the cluster in line with them. */
  static Life begin(
      ExecutorSettings settings,
      Codecs codecs,
      Cluster cluster,
      Clock clock,
      ExecutorMetrics metrics,
      Sightings sightings) {
    Life life = new Life(settings, codecs, cluster, clock, metrics, sightings);
    try {
      life.takeUp(OwnLeases.read(settings.common(), codecs, settings.id()));
      life.begun = true;
      return life;
    } catch (RuntimeException e) {
      life.close();
      throw e;
    }
  }

  /** What is there is adopted, what is not is made; what nobody holds is ended, or may go. */
  private void takeUp(Map<String, Lease> leases) {
    Set<String> there = cluster.runs();
    for (Lease lease : leases.values()) {
      Optional<JobSpec> spec = specs.find(lease.request());
      HeldRun run = new HeldRun(lease, spec.map(JobSpec::namespace).orElse(""));
      held.put(run.runId(), run);
      if (spec.isPresent()) {
        make(run, new PodOrder(lease.request(), spec.get()));
      } else if (!there.contains(run.runId())) {
        run.gone();
      }
    }
    there.stream().filter(run -> !held.containsKey(run)).forEach(sightings::touch);
    held.keySet().forEach(sightings::touch);
    count();
    metrics.begun();
    log.atInfo()
        .setMessage("executor holds runs")
        .addKeyValue("executor", settings.id())
        .addKeyValue("held", held.size())
        .addKeyValue("there", there.size())
        .log();
  }

  private void make(HeldRun run, PodOrder order) {
    try {
      cluster.create(order);
    } catch (PodRefused e) {
      run.refused(e.evidence());
    }
    sightings.touch(run.runId());
  }

  void wakeup() {
    requests.wakeup();
  }

  boolean holdsAll() {
    return begun;
  }

  int held() {
    return heldCount;
  }

  private void count() {
    heldCount = held.size();
    metrics.held(held.size());
  }

  /** Follows a command; one about a run that is not held and not there is void. */
  void follow(ExecutorCommand command) {
    String runId = command.run().runId();
    HeldRun run = held.get(runId);
    switch (command.action()) {
      case STOP -> {
        if (run != null) {
          run.stopped();
          cluster.stop(runId, StopCause.COMMAND);
          sightings.touch(runId);
        }
      }
      case DELETE_POD -> {
        if (run != null) {
          deletes.add(runId);
        } else {
          cluster.delete(runId);
        }
      }
    }
  }

  /**
   * Ends what runs here and is drained, gracefully. Each run is told once in this life; the next
   * one tells it again, which changes nothing.
   */
  void drain(Cordons cordons) {
    if (!cordons.drains()) {
      return;
    }
    for (HeldRun run : held.values()) {
      cordons
          .draining(run.queue())
          .filter(cordon -> run.preempt())
          .ifPresent(
              cordon -> {
                log.atInfo()
                    .setMessage("run is ended to make room")
                    .addKeyValue("runId", run.runId())
                    .addKeyValue("cordon", cordon.text())
                    .log();
                cluster.stop(run.runId(), StopCause.PREEMPTED, cordon.text());
                metrics.preempted();
              });
    }
  }

  /** Says what is new of some hundred runs, in one transaction. */
  void report() {
    List<String> ended = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (String runId : sightings.takeChanged(REPORTED_AT_ONCE)) {
      HeldRun run = held.get(runId);
      if (run == null) {
        foreign.add(runId);
      } else if (run.tell(sightings.of(runId), transaction, clock.instant())) {
        ended.add(runId);
      }
    }
    commit();
    for (String runId : ended) {
      held.remove(runId);
      settled(runId);
    }
    if (!ended.isEmpty()) {
      patience.roomGrew();
      metrics.ended(ended.size());
      count();
    }
    foreign.forEach(this::foreign);
  }

  /**
   * A run that is there and not held: its end was reported by an earlier life, or it is nobody's.
   */
  private void foreign(String runId) {
    Sighting seen = sightings.of(runId);
    if (seen.end() != null) {
      settled(runId);
    } else if (seen.made() != null || seen.running() != null) {
      log.atError().setMessage("run that is not held is ended").addKeyValue("runId", runId).log();
      cluster.stop(runId, StopCause.LEASE_LOST);
    }
  }

  private void settled(String runId) {
    cluster.reported(runId);
    sightings.forget(runId);
    if (deletes.remove(runId)) {
      cluster.delete(runId);
    }
  }

  /**
   * Claims what there is room for; waits a while where there is nothing to do.
   *
   * @param cordons requests of queues that they hold are answered and not claimed
   * @param mayClaim if not, all requests are left to others; so they are where there has been no
   *     room for long, as a set may fill an executor for days
   */
  void claim(Cordons cordons, boolean mayClaim) {
    boolean room = cluster.room().runs() > 0;
    if (!mayClaim || patience.fullForLong(room)) {
      requests.stayAway(() -> sightings.quiet() ? IDLE : Duration.ZERO);
      return;
    }
    List<ConsumerRecord<byte[], byte[]>> records =
        requests.poll(
            () -> sightings.quiet() ? patience.wait(IDLE) : Duration.ZERO, room && patience.over());
    if (records.isEmpty()) {
      return;
    }
    ClaimBatch batch = claims.weigh(records, held.keySet(), cordons, clock.instant());
    batch.write(transaction, clock.instant());
    transaction.offsets(batch.offsets(), requests.group());
    commit();
    batch.left().forEach(requests::rewind);
    for (ClaimBatch.Claimed claimed : batch.claimed()) {
      HeldRun run = new HeldRun(claimed.lease(), claimed.order().spec().namespace());
      held.put(run.runId(), run);
      make(run, claimed.order());
    }
    patience.after(batch);
    metrics.after(batch, cluster.capacity());
    count();
  }

  /** Fenced by another process with this id, or by a transaction that took too long? */
  private void commit() {
    try {
      transaction.commit();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      if (requests.superseded()) {
        throw new FencedInstanceIdException(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    transaction.close();
    requests.close();
    specs.close();
  }
}
