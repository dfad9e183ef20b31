package io.faultline.server.lookout;

import java.time.Instant;

/**
 * The place of a row in a list that is ordered by time and id, both descending.
 *
 * @param at its time
 * @param id its id
 */
public record Keyset(Instant at, String id) {}
