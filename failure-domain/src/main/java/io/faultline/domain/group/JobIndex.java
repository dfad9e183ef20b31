package io.faultline.domain.group;

/**
 * Which replica of which replicated job.
 *
 * @param index from 0
 */
public record JobIndex(String replicatedJob, int index) {}
