package io.faultline.app;

/** A setting that can't be used; the message names the key, the value and what is allowed. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole one-line message. */
  public SettingsException(String message) {
    super(message);
  }
}
