/**
 * The faultline command. {@link io.faultline.cli.FaultlineCommand} is where it starts; {@code
 * offline} needs no server, {@code online} asks one over {@code rest}, {@code output} prints,
 * {@code up} runs everything on one machine.
 */
package io.faultline.cli;
