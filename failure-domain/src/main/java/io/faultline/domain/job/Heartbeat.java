package io.faultline.domain.job;

import java.time.Instant;

/**
 * A sign of life, written by each executor to every partition, so that each decider task sees all.
 *
 * @param executor who lives
 * @param cluster where
 * @param at when, by its clock
 * @param stopsAfterMillis how long after its last acknowledged heartbeat this executor ends its own
 *     runs; the decider's timeout must be longer
 */
public record Heartbeat(String executor, String cluster, Instant at, long stopsAfterMillis) {}
