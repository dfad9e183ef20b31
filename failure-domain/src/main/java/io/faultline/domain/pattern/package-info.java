/**
 * Patterns that mean what Go's RE2 says, in linear time; and the literals they need, so that many
 * patterns can be sought in one pass over a text.
 */
@NullMarked
package io.faultline.domain.pattern;

import org.jspecify.annotations.NullMarked;
