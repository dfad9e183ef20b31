/** What may be a mistake in a file that is not refused. */
package io.faultline.rules.lint;
