package io.faultline.executor.cluster;

import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what a cluster told, and waits for more. */
public final class Observations implements Consumer<Observation> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Observation> seen = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Observation observation) {
    seen.add(observation);
  }

  /** All that was told of a run. */
  public List<Observation> of(String runId) {
    return seen.stream().filter(o -> o.runId().equals(runId)).toList();
  }

  /** Waits for an observation of this type. */
  public <T extends Observation> T awaits(String runId, Class<T> type) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> of(runId).stream().anyMatch(type::isInstance));
    return of(runId).stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  /** Waits for the end, whatever it is. */
  public Observation end(String runId) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> of(runId).stream().anyMatch(Observations::isEnd));
    return of(runId).stream().filter(Observations::isEnd).findFirst().orElseThrow();
  }

  /** Waits for a bad end. */
  public Evidence failure(String runId) {
    Observation end = end(runId);
    if (end instanceof Observation.Failed failed) {
      return failed.evidence();
    }
    throw new AssertionError("not a failure: " + end);
  }

  private static boolean isEnd(Observation observation) {
    return !(observation instanceof Observation.Pending)
        && !(observation instanceof Observation.Running);
  }
}
