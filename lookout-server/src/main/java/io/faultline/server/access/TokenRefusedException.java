package io.faultline.server.access;

/**
 * A token is not one of a user. The message says why, and holds nothing of the token's signature.
 */
public final class TokenRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TokenRefusedException(String why) {
    super(why, null, false, false);
  }
}
