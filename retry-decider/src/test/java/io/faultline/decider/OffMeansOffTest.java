package io.faultline.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.app.ResourcesInForce;
import io.faultline.decider.policy.Policies;
import io.faultline.decider.policy.PolicyParser;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.PolicyChoice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * With {@code retryPolicy.enabled: false} pods' names and the event stream are those of a build
 * that has no waits, no shadows and no mutations but memory: byte for byte, as recorded by it.
 */
class OffMeansOffTest {

  private static final Map<String, String> OFF = Map.of("retryPolicy.enabled", "false");

  private static final String POLICY =
      """
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: %s
      retryLimit: 7
      defaultAction: Retry
      backoff: {initial: 1s}
      rules:
        - name: gpu
          action: Retry
          onCategory: gpu
          retryLimit: 2
          mutate:
            affinity: {preferOtherNode: true}
            resources: {memory: {factor: 1.5}, cpu: {factor: 2}}
        - name: returned
          action: Fail
          onKinds: [LeaseReturned]
        - name: preempted
          action: Retry
          onKinds: [Preempted]
          countsTowardLimit: false
      """;

  private static final String QUEUE =
      """
      apiVersion: faultline.io/v1
      kind: Queue
      name: research
      retryPolicies: [first, second]
      shadowPolicy: third
      """;

  @Test
  void withoutPoliciesTheStreamIsAsItWas() throws IOException {
    try (DeciderDriver decider = new DeciderDriver(OFF)) {
      decider.policy = PolicyChoice.NONE;
      assertThat(told(decider)).isEqualTo(recorded());
    }
  }

  @Test
  void withPoliciesInTheResourcesTheStreamIsAsItWas() throws IOException {
    try (DeciderDriver decider = new DeciderDriver(OFF)) {
      decider.policy = chosen(decider);
      assertThat(told(decider)).isEqualTo(recorded());
    }
  }

  /** The engine itself is off, not only the choice of policies. */
  @Test
  void withAPolicyThatIsGivenNeverthelessTheStreamIsAsItWas() throws IOException {
    try (DeciderDriver on = on();
        DeciderDriver decider = new DeciderDriver(OFF)) {
      decider.policy = chosen(on);
      assertThat(decider.policy.policies()).hasSize(2);
      assertThat(told(decider)).isEqualTo(recorded());
    }
  }

  /**
   * So that the others show something: where retries are on, the same script tells another tale.
   */
  @Test
  void withRetriesOnTheStreamIsAnother() throws IOException {
    try (DeciderDriver decider = on()) {
      decider.policy = chosen(decider);
      List<String> told = told(decider);
      assertThat(told).isNotEqualTo(recorded());
      assertThat(told).contains("pod fine 0 armada-fine-0-0", "topic faultline.decisions");
    }
  }

  private static DeciderDriver on() {
    return new DeciderDriver(Map.of("retryPolicy.enabled", "true"));
  }

  private static List<String> told(DeciderDriver decider) {
    ScriptedRuns script = new ScriptedRuns(decider);
    script.play();
    return script.told();
  }

  private static List<String> recorded() throws IOException {
    try (InputStream file = OffMeansOffTest.class.getResourceAsStream("off-means-off.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  /** What the decider's own choice of policies makes of the documents above. */
  private static PolicyChoice chosen(DeciderDriver decider) {
    Map<String, ResourcesInForce.Entry> entries = new TreeMap<>();
    put(entries, ResourceKind.QUEUE, "research", QUEUE);
    for (String name : List.of("first", "second", "third")) {
      put(entries, ResourceKind.RETRY_POLICY, name, POLICY.formatted(name));
    }
    ResourcesInForce inForce = new ResourcesInForce(9, entries, Map.of());
    Clock clock = Clock.fixed(DeciderDriver.T0, ZoneOffset.UTC);
    return new Policies(decider.settings.retry(), () -> inForce, new SimpleMeterRegistry(), clock)
        .apply("research");
  }

  private static void put(
      Map<String, ResourcesInForce.Entry> entries, ResourceKind kind, String name, String body) {
    Resource resource = new Resource(kind, name, 1, false, body, DeciderDriver.T0, "ann");
    entries.put(resource.key(), new ResourcesInForce.Entry(1, new PolicyParser().parse(resource)));
  }
}
