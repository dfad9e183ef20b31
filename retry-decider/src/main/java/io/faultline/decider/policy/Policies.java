package io.faultline.decider.policy;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.PolicyChoice.PolicyInForce;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policies decide about a queue's failures, as operators have it now. A policy that is named
 * and can't be had is counted each time, and logged once a minute.
 */
public final class Policies implements Function<String, PolicyChoice> {

  private static final Logger log = LoggerFactory.getLogger(Policies.class);
  private static final long SAY_EVERY_MILLIS = 60_000;

  private final RetrySettings settings;
  private final Supplier<ResourcesInForce> resources;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

  /**
   * @param resources what is in force; asked for each failure
   */
  public Policies(
      RetrySettings settings,
      Supplier<ResourcesInForce> resources,
      MeterRegistry metrics,
      Clock clock) {
    this.settings = settings;
    this.resources = resources;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The policies of a queue's jobs. A queue that nobody defined goes by the default policy. */
  @Override
  public PolicyChoice apply(String queue) {
    ResourcesInForce now = resources.get();
    Optional<QueueDefinition> definition =
        now.value(ResourceKind.QUEUE, queue, QueueDefinition.class);
    PolicyChoice choice =
        PolicyChoice.choose(
            settings,
            definition.map(QueueDefinition::retryPolicies).orElse(List.of()),
            definition.map(QueueDefinition::shadowPolicy).orElse(""),
            name -> inForce(now, name));
    for (String missing : choice.missing()) {
      report(queue, missing, now.isBroken(ResourceKind.RETRY_POLICY, missing));
    }
    return choice;
  }

  private static PolicyInForce inForce(ResourcesInForce now, String name) {
    return now.entry(ResourceKind.RETRY_POLICY, name)
        .map(entry -> new PolicyInForce((RetryPolicy) entry.value(), entry.revision()))
        .orElse(null);
  }

  private void report(String queue, String policy, boolean broken) {
    metrics.counter("faultline.retry.policy.unavailable", "policy", policy).increment();
    long now = clock.millis();
    Long said = saidAt.get(policy);
    if (said == null || now - said >= SAY_EVERY_MILLIS) {
      saidAt.put(policy, now);
      log.atWarn()
          .setMessage("retry policy can't be had, only returned leases are tried again")
          .addKeyValue("queue", queue)
          .addKeyValue("policy", policy)
          .addKeyValue("why", broken ? "broken" : "missing")
          .log();
    }
  }
}
