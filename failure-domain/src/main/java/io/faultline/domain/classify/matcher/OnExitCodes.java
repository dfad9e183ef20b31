package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;
import java.util.Set;

/**
 * Holds where any one failed container has an exit code that fits.
 *
 * @param scope which containers are looked at
 * @param operator whether the code must be listed, or must not
 * @param values at least one
 */
public record OnExitCodes(ContainerScope scope, Operator operator, Set<Integer> values)
    implements Matcher {

  /** Whether a code must be listed. */
  public enum Operator {
    IN("In"),
    NOT_IN("NotIn");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    /** The word in files, case-sensitive. */
    public String word() {
      return word;
    }
  }

  /** Refuses an empty set. */
  public OnExitCodes {
    values = Set.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("onExitCodes needs at least one value");
    }
  }

  @Override
  public boolean matches(Evidence evidence) {
    boolean listed = operator == Operator.IN;
    return scope.anyFailed(
        evidence, termination -> values.contains(termination.exitCode()) == listed);
  }

  @Override
  public void triggers(Triggers triggers) {
    if (operator == Operator.IN) {
      values.forEach(triggers::onExitCode);
    } else {
      triggers.onFailedContainer();
    }
  }
}
