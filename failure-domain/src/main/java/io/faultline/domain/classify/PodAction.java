package io.faultline.domain.classify;

/** What is done with a failed pod once it is reported. */
public enum PodAction {
  /** Keep it, to be looked at. */
  RETAIN,
  /** Delete it, to free its name. */
  DELETE
}
