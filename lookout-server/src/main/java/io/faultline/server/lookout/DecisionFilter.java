package io.faultline.server.lookout;

import java.time.Instant;
import java.util.Optional;

/**
 * Which decisions are asked for; what is empty does not matter.
 *
 * @param advice whether only those about jobs of others (true) or about ours (false)
 * @param shadowPolicy the policy in the shadow
 * @param shadowAgrees whether only those where it agrees (true) or not (false)
 * @param from inclusive
 * @param to exclusive
 * @param after below this place in the list; its id is what {@link Keyset#id} of a page was
 * @param limit at most so many
 */
public record DecisionFilter(
    Optional<String> queue,
    Optional<String> jobSet,
    Optional<String> jobId,
    Optional<String> reason,
    Optional<String> policy,
    Optional<Boolean> advice,
    Optional<String> shadowPolicy,
    Optional<Boolean> shadowAgrees,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Keyset> after,
    int limit) {}
