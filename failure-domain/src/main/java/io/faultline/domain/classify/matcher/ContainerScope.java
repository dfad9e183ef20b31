package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.Termination;
import java.util.function.Predicate;

/**
 * Which containers a matcher looks at.
 *
 * @param containerName only those of this name; empty for all
 */
public record ContainerScope(String containerName) {

  /** All containers. */
  public static final ContainerScope ALL = new ContainerScope("");

  /** Whether any failed container in scope fits: one is enough, in whatever place. */
  boolean anyFailed(Evidence evidence, Predicate<Termination> fits) {
    for (ContainerEvidence container : evidence.containers()) {
      Termination termination = container.termination();
      if (termination != null
          && container.failed()
          && (containerName.isEmpty() || containerName.equals(container.name()))
          && fits.test(termination)) {
        return true;
      }
    }
    return false;
  }
}
