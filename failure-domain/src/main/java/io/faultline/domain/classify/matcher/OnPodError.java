package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.pattern.Re2Pattern;

/**
 * Holds where the pattern is found in the message that the executor itself captured.
 *
 * @param pattern an empty message matches none
 */
public record OnPodError(Re2Pattern pattern) implements Matcher {

  @Override
  public boolean matches(Evidence evidence) {
    return pattern.findNonEmpty(evidence.podError());
  }

  @Override
  public void triggers(Triggers triggers) {
    triggers.onText(TextKind.POD_ERROR, pattern);
  }
}
