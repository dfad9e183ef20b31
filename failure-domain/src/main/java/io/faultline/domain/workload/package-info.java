/**
 * Jobs of several pods, as Kubernetes and JobSet write them. {@link
 * io.faultline.domain.workload.JobSetSpec} is a set and expands to its members; {@link
 * io.faultline.domain.workload.JobLayer} says what the end of one pod means for the member it
 * belongs to, by Kubernetes' {@code podFailurePolicy}, {@code backoffLimit} and {@code
 * activeDeadlineSeconds}. What the failure of a member means for the set is no matter of this
 * package.
 */
@NullMarked
package io.faultline.domain.workload;

import org.jspecify.annotations.NullMarked;
