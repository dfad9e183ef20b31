package io.faultline.domain.retry;

/**
 * One step of how a decision came about.
 *
 * @param check what was looked at: {@code globalLimit}, {@code rule-2.onExitCodes}, {@code budget}
 * @param value the value it saw
 * @param expected what the policy asks for
 * @param holds whether it held
 */
public record TraceStep(String check, String value, String expected, boolean holds) {}
