package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;
import java.util.Set;

/**
 * Holds where any one of the conditions does.
 *
 * @param scope for what is said of containers
 * @param conditions at least one
 */
public record OnConditions(ContainerScope scope, Set<Condition> conditions) implements Matcher {

  /** Refuses an empty set, which is no matcher. */
  public OnConditions {
    conditions = Set.copyOf(conditions);
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("onConditions needs at least one condition");
    }
  }

  @Override
  public boolean matches(Evidence evidence) {
    return conditions.stream().anyMatch(condition -> condition.holds(evidence, scope));
  }

  @Override
  public void triggers(Triggers triggers) {
    conditions.forEach(triggers::onCondition);
  }
}
