/** What operators write, in revisions. */
@NullMarked
package io.faultline.domain.resource;

import org.jspecify.annotations.NullMarked;
