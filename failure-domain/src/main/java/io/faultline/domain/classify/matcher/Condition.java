package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;

/** Words that Kubernetes has for some ends. */
public enum Condition {
  /** The reason of a failed container. */
  OOM_KILLED("OOMKilled") {
    @Override
    public boolean holds(Evidence evidence, ContainerScope scope) {
      return scope.anyFailed(evidence, termination -> termination.reason().equals(word()));
    }
  },
  /** The pod's reason. */
  EVICTED("Evicted") {
    @Override
    public boolean holds(Evidence evidence, ContainerScope scope) {
      return evidence.podReason().equals(word());
    }
  },
  /** The pod's reason. */
  DEADLINE_EXCEEDED("DeadlineExceeded") {
    @Override
    public boolean holds(Evidence evidence, ContainerScope scope) {
      return evidence.podReason().equals(word());
    }
  };

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  /** The word in files, case-sensitive. */
  public String word() {
    return word;
  }

  /** Whether it holds; the scope counts for what is said of containers only. */
  public abstract boolean holds(Evidence evidence, ContainerScope scope);
}
