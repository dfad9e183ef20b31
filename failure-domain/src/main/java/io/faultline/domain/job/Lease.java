package io.faultline.domain.job;

import java.time.Instant;

/**
 * Who holds a run. Written in the transaction that claims it, deleted in the one that reports its
 * end: an executor that starts again reads its own.
 *
 * @param request the claimed request
 * @param executor who holds it
 * @param cluster where
 * @param claimedAt when it was claimed
 */
public record Lease(RunRequest request, String executor, String cluster, Instant claimedAt) {}
