/**
 * Sets as they live: jobs that stand or fall together, from their submit to their end. {@link
 * io.faultline.domain.group} says what becomes of one of which members failed; here it is done.
 */
@NullMarked
package io.faultline.domain.set;

import org.jspecify.annotations.NullMarked;
