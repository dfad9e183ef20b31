package io.faultline.schemas.wire;

/** A message holds a word that this version does not know and has no harmless reading for. */
public final class UnknownWordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For a word of a named enum. */
  public UnknownWordException(String what) {
    super("a " + what + " that this version does not know: written by a newer one?");
  }
}
