/**
 * The pure core. Nothing here reads a clock, a file, a network or an environment, and nothing logs:
 * the same input always gives the same answer, live in the streams, in the command and in replay.
 *
 * <ul>
 *   <li>{@code evidence}: what was seen of a failure
 *   <li>{@code classify}: which categories it belongs to
 *   <li>{@code retry}: what a retry policy decides
 *   <li>{@code group}: what becomes of a set of jobs when some of its members fail
 *   <li>{@code job}: the life of a job, and the messages that move it
 *   <li>{@code workload}: jobs of several pods, and what the end of one pod means for its job
 *   <li>{@code resource}: what operators write, in revisions
 * </ul>
 */
@NullMarked
package io.faultline.domain;

import org.jspecify.annotations.NullMarked;
