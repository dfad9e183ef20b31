package io.faultline.domain.job;

import java.time.Instant;

/**
 * What an executor says of a run that did not fail. Reports may come again.
 *
 * @param job whose run
 * @param run which one
 * @param state what it came to
 * @param executor who reports
 * @param cluster where it runs
 * @param namespace of its pod; may be empty
 * @param podName of its pod
 * @param node where it runs; empty until known
 * @param at when it came to this, by the executor's clock
 */
public record RunReport(
    JobIdentity job,
    RunIdentity run,
    RunState state,
    String executor,
    String cluster,
    String namespace,
    String podName,
    String node,
    Instant at) {}
