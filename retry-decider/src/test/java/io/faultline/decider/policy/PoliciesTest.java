package io.faultline.decider.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.yaml.RuleFileException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PoliciesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PolicyParser parser = new PolicyParser();
  private final Map<String, ResourcesInForce.Entry> entries = new TreeMap<>();
  private Map<String, String> broken = Map.of();

  private PolicyChoice of(String queue) {
    RetrySettings settings = new RetrySettings(true, 20, "standard", 5, "armada");
    ResourcesInForce now = new ResourcesInForce(9, entries, broken);
    return new Policies(settings, () -> now, metrics, CLOCK).apply(queue);
  }

  private void policy(String name, long revision) {
    put(
        ResourceKind.RETRY_POLICY,
        name,
        revision,
        "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: "
            + name
            + "\nretryLimit: 3\n"
            + "defaultAction: Retry\n");
  }

  private void queue(String name, String policy) {
    put(
        ResourceKind.QUEUE,
        name,
        1,
        "apiVersion: faultline.io/v1\nkind: Queue\nname: " + name + "\nretryPolicy: " + policy);
  }

  private void put(ResourceKind kind, String name, long revision, String body) {
    Resource resource = new Resource(kind, name, revision, false, body, CLOCK.instant(), "ann");
    entries.put(resource.key(), new ResourcesInForce.Entry(revision, parser.parse(resource)));
  }

  private double unavailable(String policy) {
    return metrics.counter("faultline.retry.policy.unavailable", "policy", policy).count();
  }

  @Test
  void theQueuesPolicyDecidesWithItsRevision() {
    policy("standard", 3);
    policy("ml", 4);
    queue("research", "ml");

    PolicyChoice choice = of("research");

    assertThat(choice.names()).containsExactly("ml");
    assertThat(choice.revision("ml")).isEqualTo(4);
    assertThat(choice.policies()).extracting(RetryPolicy::retryLimit).containsExactly(3);
  }

  @Test
  void aQueueThatNamesNoneOrIsNotKnownGoesByTheDefaultPolicy() {
    policy("standard", 3);
    queue("plain", "\"\"");

    assertThat(of("plain").names()).containsExactly("standard");
    assertThat(of("never-defined").names()).containsExactly("standard");
  }

  @Test
  void aMissingPolicyIsNotReplacedByTheDefaultAndIsCounted() {
    policy("standard", 3);
    queue("research", "gone");

    PolicyChoice choice = of("research");

    assertThat(choice.missing()).containsExactly("gone");
    assertThat(choice.policies()).isEmpty();
    assertThat(unavailable("gone")).isEqualTo(1);
  }

  @Test
  void aPolicyWhoseNewestRevisionIsBrokenStaysInForceAsItWas() {
    policy("ml", 4);
    queue("research", "ml");
    broken = Map.of("RetryPolicy/ml", "rules[0]: no matcher");

    assertThat(of("research").revision("ml")).isEqualTo(4);
    assertThat(unavailable("ml")).isZero();
  }

  @Test
  void aPolicyThatCanNotBeReadIsRefusedWithItsPlace() {
    assertThatThrownBy(
            () ->
                put(
                    ResourceKind.RETRY_POLICY,
                    "bad",
                    1,
                    "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: bad\nretryLimt: 3\n"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("retryLimt");
  }

  @Test
  void categoriesAreNoneOfItsBusiness() {
    put(ResourceKind.CATEGORIES, "default", 1, "this would be no category file");

    assertThat(of("research").names()).containsExactly("standard");
  }
}
