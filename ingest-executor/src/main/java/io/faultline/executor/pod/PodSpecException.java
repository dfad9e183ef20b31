package io.faultline.executor.pod;

/** A pod spec that can't be run: the message names the place, the value, and what is allowed. */
public final class PodSpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Refuses a spec.
   *
   * @param place where, for example {@code spec.containers[0].command}
   * @param problem what is wrong there, and what is allowed
   */
  public PodSpecException(String place, String problem) {
    super(place + ": " + problem);
  }
}
