package io.faultline.server.lookout;

import java.time.Instant;
import java.util.Optional;

/**
 * Which failures are asked for; what is empty does not matter.
 *
 * @param category the failure's own
 * @param from inclusive
 * @param to exclusive
 * @param counted whether only counted ones (true), only others (false), or any (empty)
 * @param after below this place in the list
 * @param limit at most so many
 */
public record FailureFilter(
    Optional<String> category,
    Optional<String> subcategory,
    Optional<String> queue,
    Optional<String> jobSet,
    Optional<String> jobId,
    Optional<String> node,
    Optional<Integer> exitCode,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Boolean> counted,
    Optional<Keyset> after,
    int limit) {}
