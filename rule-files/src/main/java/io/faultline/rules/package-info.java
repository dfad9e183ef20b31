/** Readers of every file that people write. */
package io.faultline.rules;
