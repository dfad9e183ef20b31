package io.faultline.domain.retry;

/**
 * One step of how a decision came about.
 *
 * @param check what was looked at: {@code globalLimit}, {@code rule-2.onExitCodes}, {@code budget}
 * @param value the value it saw
 * @param expected what the policy asks for
 * @param holds whether it held
 */
public record TraceStep(String check, String value, String expected, boolean holds) {

  /** A longer value is cut in the trace; the failure itself keeps it whole. */
  static final int MOST_CHARS = 200;

  /** The text as it stands in a trace: at most 200 characters, with {@code …} where it is cut. */
  public static String cut(String text) {
    if (text.length() <= MOST_CHARS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    return text.substring(0, end) + "…";
  }
}
