package io.faultline.domain.workload;

import io.faultline.domain.workload.PodFailurePolicy.Match;
import org.jspecify.annotations.Nullable;

/**
 * What the bad end of a pod comes to.
 *
 * @param progress the Job with this pod
 * @param rule the rule that decided; null where none fits
 * @param failed why the Job has failed; null where a new pod takes the place of this one
 */
public record AfterPod(JobProgress progress, @Nullable Match rule, @Nullable JobFailed failed) {}
