package io.faultline.client;

/**
 * No answer came. A write may have happened all the same; all writes can be repeated, a submit
 * under the same key.
 */
public final class UnreachableException extends FaultlineException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
