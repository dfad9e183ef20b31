package io.faultline.domain.classify;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.Termination;

/** The text that people see for a failure. */
final class FailureText {
  private FailureText() {}

  /** The pod's message where it has one, else one line for each failed container; may be empty. */
  static String of(Evidence evidence) {
    if (!evidence.podMessage().isEmpty()) {
      return evidence.podMessage();
    }
    String text = "";
    for (ContainerEvidence container : evidence.containers()) {
      Termination termination = container.termination();
      if (termination != null && container.failed()) {
        String line = line(container.name(), termination);
        text = text.isEmpty() ? line : text + "\n" + line;
      }
    }
    return text;
  }

  /** The hint after an empty line, even where the text is empty. */
  static String withHint(String text, String hint) {
    return hint.isEmpty() ? text : text + "\n\n" + hint;
  }

  /** In one step: a message of some KiB is copied once. */
  private static String line(String name, Termination termination) {
    String because = termination.reason().isEmpty() ? "" : " because " + termination.reason();
    String colon = termination.message().isEmpty() ? "" : ": ";
    return "Container "
        + name
        + " failed with exit code "
        + termination.exitCode()
        + because
        + colon
        + termination.message();
  }
}
