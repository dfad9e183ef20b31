package io.faultline.schemas;

/** The registry refused, or was closed while waiting; trying again changes nothing. */
public final class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says who refused what, and why. */
  public RegistryException(String message) {
    super(message);
  }
}
