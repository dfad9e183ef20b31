package io.faultline.server.lookout;

import java.util.List;
import java.util.Optional;

/**
 * Which jobs are asked for.
 *
 * @param queue of this queue only
 * @param jobSet of this set only
 * @param states in one of these states, lower-case; empty for any
 * @param after below this place in the list
 * @param limit at most so many
 */
public record JobFilter(
    Optional<String> queue,
    Optional<String> jobSet,
    List<String> states,
    Optional<Keyset> after,
    int limit) {

  /** The state of a job that no event has shown yet. */
  public static final String ACCEPTED = "accepted";

  /** Every state that a job can have, in the order of its life. */
  public static final List<String> STATES =
      List.of(
          ACCEPTED,
          "queued",
          "leased",
          "pending",
          "running",
          "retrying",
          "succeeded",
          "failed",
          "cancelled",
          "preempted");

  /** The states that are never left. */
  public static final List<String> ENDS = STATES.subList(6, 10);

  /** Copies the list. */
  public JobFilter {
    states = List.copyOf(states);
  }
}
