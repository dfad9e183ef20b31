/** Says whether a failed run is tried again. */
@NullMarked
package io.faultline.domain.retry;

import org.jspecify.annotations.NullMarked;
