package io.faultline.domain.classify;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.Termination;
import java.util.StringJoiner;

/** The text that people see for a failure. */
final class FailureText {
  private FailureText() {}

  /** The pod's message where it has one, else one line for each failed container; may be empty. */
  static String of(Evidence evidence) {
    if (!evidence.podMessage().isEmpty()) {
      return evidence.podMessage();
    }
    StringJoiner lines = new StringJoiner("\n");
    for (ContainerEvidence container : evidence.failedContainers()) {
      Termination termination = container.termination();
      if (termination != null) {
        lines.add(line(container.name(), termination));
      }
    }
    return lines.toString();
  }

  /** The hint after an empty line, even where the text is empty. */
  static String withHint(String text, String hint) {
    return hint.isEmpty() ? text : text + "\n\n" + hint;
  }

  private static String line(String name, Termination termination) {
    StringBuilder line = new StringBuilder("Container ").append(name);
    line.append(" failed with exit code ").append(termination.exitCode());
    if (!termination.reason().isEmpty()) {
      line.append(" because ").append(termination.reason());
    }
    if (!termination.message().isEmpty()) {
      line.append(": ").append(termination.message());
    }
    return line.toString();
  }
}
