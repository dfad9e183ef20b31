/** The life of a job: the messages that move it, and the state machine that owns it. */
@NullMarked
package io.faultline.domain.job;

import org.jspecify.annotations.NullMarked;
