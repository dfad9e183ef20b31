/** What was seen of a failure, never interpreted by who observed it. */
@NullMarked
package io.faultline.domain.evidence;

import org.jspecify.annotations.NullMarked;
