package io.faultline.domain.evidence;

/**
 * How a container ended.
 *
 * @param exitCode 0 to 255 on Linux; any 32-bit value is kept as reported
 * @param signal the signal that ended it where the runtime says so, else 0
 * @param reason the runtime's word, for example {@code OOMKilled} or {@code Error}; may be empty
 * @param message the termination message, already cut by the reporter; may be empty
 */
public record Termination(int exitCode, int signal, String reason, String message) {}
