package io.faultline.executor.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where runs run. One executor owns what it makes there; what is there outlives it and is found
 * again by run id. Safe for use by several threads; observations come from the cluster's own.
 */
public interface Cluster extends AutoCloseable {

  /** The cluster's name, as it stands in leases, reports and evidence. */
  String name();

  /**
   * What there is room for now, whatever is to be made or was made and has not ended taken off;
   * less where nothing can be made for a while.
   */
  Room room();

  /**
   * What there is room for where all of it is to start together, so that no other executor could
   * start a part of it sooner: what is left of the capacity, however long making it takes.
   */
  default Room roomTogether() {
    return room();
  }

  /** What there is room for when nothing runs; an order that needs more never fits. */
  Room capacity();

  /**
   * What an order takes of the room.
   *
   * @throws PodRefused where the pod could never be made from this spec, here or now
   */
  Room needs(PodOrder order) throws PodRefused;

  /**
   * Has what runs the run made, now or as soon as can be: that it was is told as {@link
   * Observation.Pending}, that it could not be as its end. Of a run that is there already, running
   * or ended, nothing is made again; so it may be called after a crash that left open whether it
   * was made.
   *
   * @throws PodRefused where nothing was made, nor will be
   */
  void create(PodOrder order) throws PodRefused;

  /** The run ids of all that is there: waiting, running, or ended and not yet deleted. */
  Set<String> runs();

  /**
   * Begins to tell what becomes of the runs, once: first the state of each one that is there, then
   * every change. An observation may come again, and states may be passed over.
   */
  void watch(Consumer<Observation> observer);

  /**
   * Ends a run: first gracefully, then not. Does nothing where it has ended or is not there.
   *
   * @param why for people; the message of a preempted one
   */
  void stop(String runId, StopCause cause, String why);

  /** The same, where the cause says it all. */
  default void stop(String runId, StopCause cause) {
    stop(runId, cause, "");
  }

  /**
   * Its end is known to everyone who must know: from now on it may go whenever it is in the way.
   */
  void reported(String runId);

  /** Deletes what is left of a run that has ended; does nothing to one that has not. */
  void delete(String runId);

  /**
   * The executor is known to be alive by everyone who could give its runs to another. A cluster
   * that can end runs by itself does so when this stays away too long.
   */
  default void leaseRenewed() {}

  /**
   * How long nothing is made for now, since what the cluster depends on is busy or away; zero where
   * all is well.
   */
  default Duration backoff() {
    return Duration.ZERO;
  }

  /** Stops watching, and leaves all that runs as it is. */
  @Override
  void close();
}
