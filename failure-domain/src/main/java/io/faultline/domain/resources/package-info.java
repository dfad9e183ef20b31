/** Amounts of memory and cpu as Kubernetes writes them, and how memory grows between runs. */
@NullMarked
package io.faultline.domain.resources;

import org.jspecify.annotations.NullMarked;
