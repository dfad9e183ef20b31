package io.faultline.domain.classify;

/** What is done with a failed pod once it is reported. */
public enum PodAction {
  /** Keep it, to be looked at. */
  RETAIN("Retain"),
  /** Delete it, to free its name. */
  DELETE("Delete");

  private final String word;

  PodAction(String word) {
    this.word = word;
  }

  /** The word in files, case-sensitive. */
  public String word() {
    return word;
  }
}
