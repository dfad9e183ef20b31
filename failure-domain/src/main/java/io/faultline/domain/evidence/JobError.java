package io.faultline.domain.evidence;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;

/**
 * A failure as it is reported: who, when, where, and the evidence; no opinion.
 *
 * @param errorId the same on every redelivery of this report
 * @param job whose failure it is
 * @param run the run that failed
 * @param executor who reports it; empty where nobody of ours does
 * @param cluster the cluster it ran on
 * @param namespace the namespace of its pod; may be empty
 * @param podName the name of its pod; may be empty
 * @param at when the failure happened, by the reporter's clock
 * @param terminal whether it ended the run: only a terminal error is counted and decided, and the
 *     first one of a run wins; others are kept as evidence
 * @param evidence what was seen
 */
public record JobError(
    String errorId,
    JobIdentity job,
    RunIdentity run,
    String executor,
    String cluster,
    String namespace,
    String podName,
    Instant at,
    boolean terminal,
    Evidence evidence) {}
