package io.faultline.server.lookout;

import java.util.Optional;

/**
 * Which sets are asked for; what is empty does not matter.
 *
 * @param queue of this queue only
 * @param jobSet of this job set only
 * @param after below this place in the list
 * @param limit at most so many
 */
public record SetFilter(
    Optional<String> queue, Optional<String> jobSet, Optional<Keyset> after, int limit) {}
