package io.faultline.ingester.sink;

/** The sink can't do its work now; no record is to blame, and it is tried again. */
public final class SinkUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what went wrong, in one line. */
  public SinkUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
