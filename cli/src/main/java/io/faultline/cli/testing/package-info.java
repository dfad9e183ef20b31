/** {@code faultline test}: assertions on events, table tests of rules. */
package io.faultline.cli.testing;
