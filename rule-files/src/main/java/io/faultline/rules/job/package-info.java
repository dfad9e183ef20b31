/**
 * Job files, as Armada's: {@link io.faultline.rules.job.JobFile} reads one, and each of its jobs is
 * a {@link io.faultline.rules.job.JobSubmission}.
 */
package io.faultline.rules.job;
