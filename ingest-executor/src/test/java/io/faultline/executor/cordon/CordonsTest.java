package io.faultline.executor.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.app.ResourcesInForce;
import io.faultline.app.ResourcesInForce.Entry;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CordonsTest {

  private static CordonDefinition cordon(String name, Target target, String of, boolean drain) {
    return new CordonDefinition(name, target, of, drain, "");
  }

  private static Cordons of(CordonDefinition... cordons) {
    Map<String, Entry> entries = new HashMap<>(Map.of("Queue/q", new Entry(1, "no cordon")));
    for (CordonDefinition cordon : cordons) {
      entries.put("Cordon/" + cordon.name(), new Entry(2, cordon));
    }
    return Cordons.of(new ResourcesInForce(2, entries, Map.of()), "me");
  }

  @Test
  void anotherExecutorsCordonIsNoneOfOurs() {
    Cordons cordons = of(cordon("a", Target.EXECUTOR, "other", true));
    assertThat(cordons).isEqualTo(Cordons.NONE);
    assertThat(cordons.drains()).isFalse();
  }

  @Test
  void aDrainedExecutorDrainsEveryQueue() {
    Cordons cordons = of(cordon("a", Target.EXECUTOR, "me", true));
    assertThat(cordons.draining("any")).isPresent();
    assertThat(cordons.holds("any")).isFalse();
    assertThat(cordons.drains()).isTrue();
  }

  @Test
  void aCordonedQueueIsHeldAndNotDrained() {
    Cordons cordons = of(cordon("a", Target.QUEUE, "q", false));
    assertThat(cordons.holds("q")).isTrue();
    assertThat(cordons.holds("r")).isFalse();
    assertThat(cordons.draining("q")).isEmpty();
    assertThat(cordons.drains()).isFalse();
    assertThat(cordons.executor()).isEmpty();
  }

  @Test
  void ofSeveralCordonsTheOneThatDrainsCounts() {
    CordonDefinition first = cordon("a", Target.QUEUE, "q", false);
    CordonDefinition drain = cordon("b", Target.QUEUE, "q", true);
    assertThat(of(first, drain, cordon("c", Target.QUEUE, "q", true)).draining("q"))
        .contains(drain);
    assertThat(of(first, cordon("d", Target.QUEUE, "q", false)).queues().get("q")).isEqualTo(first);
  }
}
