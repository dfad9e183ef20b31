/** {@code faultline test}: assertions on events. */
package io.faultline.cli.testing;
