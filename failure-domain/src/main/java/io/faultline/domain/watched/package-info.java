/**
 * JobSets and Jobs that their own controllers run: what became of them is watched, and what their
 * failure policies would do is advice. Nothing else ever follows from it.
 *
 * <p>{@code WatchedFailure} tells of a Job that failed, {@code WatchedPod} of a pod of it; {@code
 * WatchedSets} gathers both by set and generation and decides once, {@code PodsOfJob} joins them,
 * and {@code WatchedRecords} is where they are kept.
 */
@NullMarked
package io.faultline.domain.watched;

import org.jspecify.annotations.NullMarked;
