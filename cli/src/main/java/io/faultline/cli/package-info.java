/** The faultline command. */
package io.faultline.cli;
