package io.faultline.decider.policy;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.resource.CordonDefinition;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which queues operators hold back, as cordons have it now: no run of theirs is asked for. */
public final class HeldQueues implements Predicate<String> {

  private record Known(ResourcesInForce of, Set<String> queues) {}

  private final Supplier<ResourcesInForce> resources;
  private volatile Known known = new Known(ResourcesInForce.NONE, Set.of());

  /**
   * @param resources what is in force; asked each time
   */
  public HeldQueues(Supplier<ResourcesInForce> resources) {
    this.resources = resources;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // each change is another object, and equality costs a lot
  public boolean test(String queue) {
    ResourcesInForce now = resources.get();
    Known last = known;
    if (last.of() != now) {
      last = new Known(now, queues(now));
      known = last;
    }
    return last.queues().contains(queue);
  }

  private static Set<String> queues(ResourcesInForce now) {
    return now.values(CordonDefinition.class)
        .filter(cordon -> cordon.target() == CordonDefinition.Target.QUEUE)
        .map(CordonDefinition::targetName)
        .collect(Collectors.toSet());
  }
}
