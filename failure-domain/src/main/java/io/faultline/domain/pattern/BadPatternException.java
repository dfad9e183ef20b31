package io.faultline.domain.pattern;

/** A pattern that is not RE2 as Go compiles it. The message is one line and names what is wrong. */
public final class BadPatternException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadPatternException(String message) {
    super(message);
  }
}
