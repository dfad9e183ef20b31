package io.faultline.domain.classify.matcher;

import io.faultline.domain.pattern.Re2Pattern;

/** Where a rule's triggers are noted. A rule is worth asking when any of its triggers is seen. */
public interface Triggers {

  /** The condition was seen. */
  void onCondition(Condition condition);

  /** A failed container has this exit code. */
  void onExitCode(int exitCode);

  /** There is a failed container. */
  void onFailedContainer();

  /** A text of this kind holds one of the pattern's literals, or is there at all if it has none. */
  void onText(TextKind kind, Re2Pattern pattern);
}
