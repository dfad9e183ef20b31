package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.pattern.Re2Pattern;

/**
 * Holds where the pattern is found in the termination message of any one failed container.
 *
 * @param scope which containers are looked at
 * @param pattern an empty message matches none
 */
public record OnTerminationMessage(ContainerScope scope, Re2Pattern pattern) implements Matcher {

  @Override
  public boolean matches(Evidence evidence) {
    return scope.anyFailed(evidence, termination -> pattern.findNonEmpty(termination.message()));
  }

  @Override
  public void triggers(Triggers triggers) {
    triggers.onText(TextKind.TERMINATION_MESSAGE, pattern);
  }
}
