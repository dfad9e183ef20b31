package io.faultline.executor.kafka;

import io.faultline.domain.job.ExecutorCommand;
import io.faultline.executor.cluster.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have to say to the loop: what the cluster saw of each run, kept as long as the
 * run is there, and commands.
 */
final class Sightings {

  /**
   * What was seen of a run.
   *
   * @param made when it was there first; null where it is not known to have been made
   * @param running null until its containers ran
   * @param end null until it ended
   */
  record Sighting(
      @Nullable Instant made, Observation.@Nullable Running running, @Nullable Observation end) {}

  private static final Sighting NOTHING = new Sighting(null, null, null);

  private final Map<String, Sighting> seen = new ConcurrentHashMap<>();
  private final Map<String, Boolean> changed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<ExecutorCommand> commands = new ConcurrentLinkedQueue<>();
  private volatile Runnable signal = () -> {};

  /** Whom to wake when there is news. */
  void onNews(Runnable who) {
    signal = who;
  }

  void observe(Observation observation) {
    seen.merge(
        observation.runId(), with(NOTHING, observation), (old, one) -> with(old, observation));
    touch(observation.runId());
  }

  private static Sighting with(Sighting old, Observation observation) {
    if (observation instanceof Observation.Pending pending) {
      return new Sighting(pending.at(), old.running(), old.end());
    }
    return observation instanceof Observation.Running running
        ? new Sighting(old.made(), running, old.end())
        : new Sighting(old.made(), old.running(), observation);
  }

  void command(ExecutorCommand command) {
    commands.add(command);
    signal.run();
  }

  /** Says that a run is to be looked at. */
  void touch(String runId) {
    changed.put(runId, true);
    signal.run();
  }

  /** Whether there is nothing to look at. */
  boolean quiet() {
    return changed.isEmpty() && commands.isEmpty();
  }

  /** Runs to look at now, so many at most; the others are still to be looked at. */
  Set<String> takeChanged(int most) {
    Set<String> taken = new LinkedHashSet<>();
    Iterator<String> next = changed.keySet().iterator();
    while (taken.size() < most && next.hasNext()) {
      taken.add(next.next());
    }
    taken.forEach(changed::remove);
    return taken;
  }

  List<ExecutorCommand> takeCommands() {
    List<ExecutorCommand> taken = new ArrayList<>();
    for (ExecutorCommand next = commands.poll(); next != null; next = commands.poll()) {
      taken.add(next);
    }
    return taken;
  }

  Sighting of(String runId) {
    return seen.getOrDefault(runId, NOTHING);
  }

  /** Forgets a run that is known to everyone. */
  void forget(String runId) {
    seen.remove(runId);
  }

  Set<String> all() {
    return Set.copyOf(seen.keySet());
  }
}
