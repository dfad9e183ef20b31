/**
 * Manifests of JobSet: {@link io.faultline.rules.jobset.JobSetReader} reads one, {@link
 * io.faultline.rules.jobset.PodFailurePolicyReader} the podFailurePolicy of a Job, {@link
 * io.faultline.rules.jobset.JobSetLint} says what in one has no effect here. What is not supported
 * is refused by its name.
 */
package io.faultline.rules.jobset;
