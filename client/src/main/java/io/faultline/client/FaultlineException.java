package io.faultline.client;

/** What was asked did not happen, or is not known to have happened. */
public abstract class FaultlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FaultlineException(String message, Throwable cause) {
    super(message, cause);
  }
}
