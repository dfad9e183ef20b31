package io.faultline.domain.workload;

import io.faultline.domain.classify.matcher.OnExitCodes.Operator;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.Termination;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule of a podFailurePolicy asks of a failed pod: exactly one of two things. */
public sealed interface PodRequirement {

  /** What of the pod fits, as the beginning of the Job's message; null where nothing does. */
  @Nullable String fits(PodEnd pod);

  /**
   * Any one failed container has a code that fits, regular containers first, then init containers.
   * A code of 0 is never looked at.
   *
   * @param containerName the only container that is looked at; null for all
   * @param operator whether the code must be listed, or must not
   * @param values at least one
   */
  record ExitCodes(@Nullable String containerName, Operator operator, Set<Integer> values)
      implements PodRequirement {

    /** Copies the set and refuses an empty one. */
    public ExitCodes {
      values = Set.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("onExitCodes needs at least one value");
      }
    }

    @Override
    public @Nullable String fits(PodEnd pod) {
      for (ContainerEvidence container : pod.evidence().failedContainers()) {
        Termination end = container.termination();
        if (end != null
            && (containerName == null || containerName.equals(container.name()))
            && values.contains(end.exitCode()) == (operator == Operator.IN)) {
          return "Container "
              + container.name()
              + " for pod "
              + pod.place()
              + " failed with exit code "
              + end.exitCode();
        }
      }
      return null;
    }
  }

  /**
   * The pod has a condition that is equal to one of these in type and status.
   *
   * @param wanted at least one
   */
  record Conditions(List<Wanted> wanted) implements PodRequirement {

    /**
     * One condition.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    public record Wanted(String type, String status) {}

    /** Copies the list and refuses an empty one. */
    public Conditions {
      wanted = List.copyOf(wanted);
      if (wanted.isEmpty()) {
        throw new IllegalArgumentException("onPodConditions needs at least one condition");
      }
    }

    @Override
    public @Nullable String fits(PodEnd pod) {
      for (PodCondition condition : pod.conditions()) {
        if (wanted.contains(new Wanted(condition.type(), condition.status()))) {
          return "Pod " + pod.place() + " has condition " + condition.type();
        }
      }
      return null;
    }
  }
}
