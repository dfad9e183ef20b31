package io.faultline.domain.set;

import java.time.Instant;

/**
 * A set of which every job had its terminal event, or will have it without further ado.
 *
 * @param at when it ended
 */
public record EndedSet(Instant at) implements SetState {}
