/**
 * Patterns that mean what Go's RE2 says, in linear time; and the literals they need, so that many
 * patterns can be sought in one pass over a text.
 *
 * <p>{@link io.faultline.domain.pattern.Re2Pattern} is the way in. {@code Re2Parser} reads a
 * pattern into a {@code Syntax}: its literals, its size, its shape; RE2/J says whether it is valid,
 * where need be in words that {@code Plainer} finds. {@code Search} matches it by an {@code
 * Automaton}, which {@code Determinizer} makes of the shape, or by RE2/J.
 */
@NullMarked
package io.faultline.domain.pattern;

import org.jspecify.annotations.NullMarked;
