package io.faultline.rules.cel;

/** An expression that can't be used: where in it, what is wrong and what is allowed, in a line. */
public final class BadExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadExpressionException(String message) {
    super(message);
  }

  /** With the place: the line from 1 and the character from 0, as the library has it. */
  static BadExpressionException at(int line, int character, String message) {
    return new BadExpressionException("at " + line + ":" + (character + 1) + ": " + message);
  }
}
