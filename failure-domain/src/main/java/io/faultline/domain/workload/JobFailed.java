package io.faultline.domain.workload;

import io.faultline.domain.group.JobFailureReason;

/**
 * Why a Job has failed, in the words of Kubernetes, which the rules of a set ask for.
 *
 * @param reason one of those that Kubernetes has for a Job without limits of an index
 * @param message for people, and for patterns
 */
public record JobFailed(JobFailureReason reason, String message) {}
