package io.faultline.executor.cordon;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which queues are held back, and whether this executor is. Of several cordons of one target the
 * one that drains counts, then the first by name. Immutable.
 *
 * @param executor the one of this executor; empty where it is not held back
 * @param queues by queue
 */
public record Cordons(Optional<CordonDefinition> executor, Map<String, CordonDefinition> queues) {

  /** Nothing is held back. */
  public static final Cordons NONE = new Cordons(Optional.empty(), Map.of());

  private static final Comparator<CordonDefinition> STRONGEST_FIRST =
      Comparator.comparing((CordonDefinition cordon) -> !cordon.drain())
          .thenComparing(CordonDefinition::name);

  /** Copies the map. */
  public Cordons {
    queues = Map.copyOf(queues);
  }

  /** Those in force for an executor; the follower's parser is a {@link CordonParser}. */
  public static Cordons of(ResourcesInForce resources, String executor) {
    Map<String, CordonDefinition> queues = new HashMap<>();
    Optional<CordonDefinition> own = Optional.empty();
    for (CordonDefinition cordon : resources.values(CordonDefinition.class).toList()) {
      if (cordon.target() == Target.QUEUE) {
        queues.merge(cordon.targetName(), cordon, Cordons::stronger);
      } else if (cordon.targetName().equals(executor)) {
        own = Optional.of(own.map(known -> stronger(known, cordon)).orElse(cordon));
      }
    }
    return new Cordons(own, queues);
  }

  private static CordonDefinition stronger(CordonDefinition one, CordonDefinition other) {
    return STRONGEST_FIRST.compare(one, other) <= 0 ? one : other;
  }

  /** Whether runs of a queue are left alone here. */
  public boolean holds(String queue) {
    return queues.containsKey(queue);
  }

  /** What ends a run of a queue here; empty where nothing does. */
  public Optional<CordonDefinition> draining(String queue) {
    return executor
        .filter(CordonDefinition::drain)
        .or(() -> Optional.ofNullable(queues.get(queue)).filter(CordonDefinition::drain));
  }

  /** Whether anything ends any runs here. */
  public boolean drains() {
    return executor.filter(CordonDefinition::drain).isPresent()
        || queues.values().stream().anyMatch(CordonDefinition::drain);
  }
}
