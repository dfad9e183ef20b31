package io.faultline.domain.job;

import io.faultline.domain.retry.RunMutations;
import java.time.Instant;

/**
 * A run that is due and waits to be claimed by an executor.
 *
 * @param job whose run
 * @param run which one
 * @param spec where the job's spec stands
 * @param podName the pod's name, which follows from job and run
 * @param mutations how it differs from what was submitted, all retries so far taken together
 * @param at when it was asked for
 */
public record RunRequest(
    JobIdentity job,
    RunIdentity run,
    SpecRef spec,
    String podName,
    RunMutations mutations,
    Instant at) {}
