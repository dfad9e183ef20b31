package io.faultline.domain.resource;

/**
 * A queue or an executor that is held back.
 *
 * @param name unique among cordons
 * @param target what {@code targetName} names
 * @param targetName the queue, or the executor's id
 * @param drain whether what runs there now ends too
 * @param reason for people; may be empty
 */
public record CordonDefinition(
    String name, Target target, String targetName, boolean drain, String reason) {

  /** What can be held back. */
  public enum Target {
    /** Runs of its jobs are not claimed. */
    QUEUE("queue"),
    /** It claims nothing. */
    EXECUTOR("executor");

    private final String word;

    Target(String word) {
      this.word = word;
    }

    /** The key in a file. */
    public String word() {
      return word;
    }
  }

  /** What it does, and why, for people. */
  public String text() {
    return target.word
        + " "
        + targetName
        + (drain ? " is drained" : " is cordoned")
        + (reason.isEmpty() ? "" : ": " + reason);
  }
}
