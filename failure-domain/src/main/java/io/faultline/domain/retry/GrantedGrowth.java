package io.faultline.domain.retry;

import io.faultline.domain.resources.Growth;

/**
 * A growth that a job was granted, and where it came from.
 *
 * @param growth what grows, and how
 * @param policy the policy that granted it
 * @param rule its rule
 * @param runIndex the run whose failure it answers
 */
public record GrantedGrowth(Growth growth, String policy, String rule, int runIndex) {}
