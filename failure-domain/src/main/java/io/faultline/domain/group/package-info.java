/**
 * What becomes of a set of jobs when some of its members fail: which of them is the cause, and what
 * its failure policy does about it.
 *
 * <p>{@code Settling} says how long failures are gathered (by their {@code Onset}), {@code
 * Gathered} puts them in an order that doesn't depend on how they came in, {@code Election} tells
 * causes from what they dragged down, and {@code GroupEngine} decides.
 */
@NullMarked
package io.faultline.domain.group;

import org.jspecify.annotations.NullMarked;
