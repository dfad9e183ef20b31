package io.faultline.server.access;

/** The identity provider can't be asked for a key that is not known yet. Asking again may help. */
public final class ProviderAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProviderAwayException(String why) {
    super(why, null, false, false);
  }
}
