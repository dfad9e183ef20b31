package io.faultline.ingester.sink;

/** A position is not where the writer believed: it has to ask for the positions and go on there. */
public final class SupersededException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says which position is where. */
  public SupersededException(String message) {
    super(message);
  }
}
