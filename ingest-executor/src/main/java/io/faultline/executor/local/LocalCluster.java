package io.faultline.executor.local;

import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.pod.PodIdentity;
import io.faultline.executor.pod.PodSpec;
import io.faultline.executor.pod.PodSpecException;
import io.faultline.executor.pod.PodSpecReader;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pods as processes on this machine. Each run has a folder and a supervisor that outlives this
 * object; a new one on the same directory finds them all again.
 */
public final class LocalCluster implements Cluster {

  private static final Logger log = LoggerFactory.getLogger(LocalCluster.class);

  private final LocalSettings settings;
  private final LocalDirectory directory;
  private final Supervisor supervisor;
  private final Map<String, TrackedRun> runs = new ConcurrentHashMap<>();
  private final LocalWatch watch;

  /**
   * Takes the directory and finds what is there; nothing is started yet.
   *
   * @throws IOException where the directory can't be used, another executor uses it, or this
   *     machine lacks what processes need; the message says which
   */
  public LocalCluster(LocalSettings settings) throws IOException {
    this.settings = settings;
    this.directory = LocalDirectory.take(settings);
    try {
      this.supervisor = Supervisor.in(settings.directory(), directory.launcher());
      for (TrackedRun found : directory.find()) {
        runs.put(found.run().runId(), found);
      }
    } catch (IOException e) {
      directory.close();
      throw e;
    }
    this.watch = new LocalWatch(settings, runs, this::delete);
  }

  @Override
  public String name() {
    return settings.cluster();
  }

  @Override
  public Room capacity() {
    return settings.capacity();
  }

  @Override
  public Room room() {
    Room room = settings.capacity();
    for (TrackedRun run : runs.values()) {
      if (!run.ended()) {
        room = room.minus(run.run().needs());
      }
    }
    return room;
  }

  @Override
  public Room needs(PodOrder order) throws PodRefused {
    return read(order).needs();
  }

  @Override
  public void create(PodOrder order) throws PodRefused {
    TrackedRun known = runs.get(order.runId());
    if (known == null) {
      PodSpec pod = read(order);
      try {
        known = directory.prepare(order, pod);
      } catch (PodSpecException e) {
        throw new PodRefused(Why.NEVER, e.getMessage());
      } catch (IOException e) {
        throw new PodRefused(Why.NOT_NOW, "the run's folder could not be made: " + e);
      }
      runs.put(order.runId(), known);
    }
    if (!known.ended() && known.folder().supervisor().isEmpty()) {
      start(known);
    }
    watch.wake();
  }

  private void start(TrackedRun run) throws PodRefused {
    String problem;
    try {
      if (supervisor.start(run.folder())) {
        return;
      }
      problem = Supervisor.lastWords(run.folder());
    } catch (IOException e) {
      problem = e.toString();
    }
    try {
      if (!run.folder().forbidSupervisor()) {
        return; // one began after all
      }
    } catch (IOException e) {
      log.atWarn().setMessage("run not started").addKeyValue("problem", e.toString()).log();
    }
    runs.remove(run.run().runId());
    directory.delete(run);
    throw new PodRefused(Why.NOT_NOW, "the run's supervisor could not be started: " + problem);
  }

  private PodSpec read(PodOrder order) throws PodRefused {
    if (order.request().mutations().avoidNodes().contains(settings.node())) {
      throw new PodRefused(
          Why.UNSCHEDULABLE,
          "the run must avoid " + settings.node() + ", which is the only node here");
    }
    try {
      PodIdentity.of(order); // refuses what could not be prepared
      return PodSpecReader.read(order.spec()).mutated(order.request().mutations());
    } catch (PodSpecException e) {
      throw new PodRefused(Why.NEVER, e.getMessage());
    }
  }

  @Override
  public Set<String> runs() {
    return Set.copyOf(runs.keySet());
  }

  @Override
  public void watch(Consumer<Observation> observer) {
    watch.start(observer);
  }

  @Override
  public void stop(String runId, StopCause cause, String why) {
    TrackedRun run = runs.get(runId);
    if (run == null || run.ended()) {
      return;
    }
    long grace = run.run().graceSeconds();
    try {
      switch (cause) {
        case COMMAND -> run.folder().askStop(RunEnd.COMMAND, grace);
        case LEASE_LOST ->
            run.folder().askStop(RunEnd.LEASE, Math.min(grace, settings.leaseGrace().toSeconds()));
        case PREEMPTED -> {
          run.folder().writeWhy(why);
          run.folder().askStop(RunEnd.PREEMPTED, grace);
        }
      }
    } catch (IOException e) {
      log.atError()
          .setMessage("run could not be told to stop")
          .addKeyValue("runId", runId)
          .setCause(e)
          .log();
      return;
    }
    // a supervisor that has not begun yet sees the file when it does
    run.folder().supervisor().ifPresent(ProcessIdentity::terminate);
  }

  @Override
  public void reported(String runId) {
    TrackedRun run = runs.get(runId);
    if (run != null && !run.folder().reported()) {
      try {
        run.folder().writeReported();
      } catch (IOException e) {
        log.atWarn().setMessage("folder stays").addKeyValue("runId", runId).setCause(e).log();
      }
    }
  }

  @Override
  public void delete(String runId) {
    TrackedRun run = runs.get(runId);
    if (run != null && run.ended() && directory.delete(run)) {
      runs.remove(runId);
    }
  }

  @Override
  public void leaseRenewed() {
    directory.beat();
  }

  @Override
  public void close() {
    watch.close();
    directory.close();
  }
}
