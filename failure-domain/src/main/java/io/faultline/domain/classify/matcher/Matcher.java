package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;

/** What a rule asks of a failure. */
public sealed interface Matcher
    permits OnConditions, OnExitCodes, OnTerminationMessage, OnPodError, OnPodEvents {

  /** Whether it holds. */
  boolean matches(Evidence evidence);

  /**
   * Tells what must have been seen for {@link #matches} to hold. It may hold then; where none of it
   * was seen it does not.
   */
  void triggers(Triggers triggers);
}
