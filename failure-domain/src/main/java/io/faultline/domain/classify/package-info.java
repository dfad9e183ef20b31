/** Says which categories a failure belongs to. */
@NullMarked
package io.faultline.domain.classify;

import org.jspecify.annotations.NullMarked;
