package io.faultline.executor.cordon;

import io.faultline.app.CommonSettings;
import io.faultline.app.ResourceFollower;
import io.faultline.app.ResourcesInForce;
import io.faultline.app.ServiceStatusPublisher;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.schemas.Codecs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows cordons and says which are in force here. Until all that was there at the start has been
 * read, nobody knows what is held back.
 */
public final class CordonWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CordonWatch.class);

  private final String executor;
  private final ResourceFollower resources;
  private final ServiceStatusPublisher status;
  private ResourcesInForce seen = ResourcesInForce.NONE;
  private Cordons cordons = Cordons.NONE;

  /**
   * Follows once started.
   *
   * @param service the service's name
   * @param executor whose cordons
   * @param url where the service answers
   * @param metrics gets whether the executor is held back, and how many queues are
   */
  public CordonWatch(
      String service,
      CommonSettings common,
      Codecs codecs,
      String executor,
      Supplier<String> url,
      MeterRegistry metrics) {
    this.executor = executor;
    this.resources = new ResourceFollower(service, common, codecs, new CordonParser(), metrics);
    this.status =
        new ServiceStatusPublisher(
            service, common, codecs, url, () -> resources.inForce().revision(), Clock.systemUTC());
    Gauge.builder("faultline.executor.cordoned", () -> now().executor().isPresent() ? 1 : 0)
        .description("whether the executor is cordoned, and so claims nothing")
        .register(metrics);
    Gauge.builder("faultline.executor.cordoned.queues", () -> now().queues().size())
        .description("queues that are cordoned")
        .register(metrics);
  }

  /** Begins, and returns at once. */
  public void start() {
    resources.start();
    status.start();
  }

  /** Whether {@link #now} is to be relied on. Once true, it stays. */
  public boolean known() {
    return resources.caughtUp();
  }

  /** What is held back now. */
  @SuppressWarnings("ReferenceEquality") // a snapshot is replaced as a whole
  public synchronized Cordons now() {
    ResourcesInForce newest = resources.inForce();
    if (newest != seen) {
      Cordons before = cordons;
      cordons = Cordons.of(newest, executor);
      seen = newest;
      tell(before, cordons);
    }
    return cordons;
  }

  private void tell(Cordons before, Cordons after) {
    if (before.executor().equals(after.executor())) {
      return;
    }
    String text = after.executor().map(CordonDefinition::text).orElse("");
    log.atInfo()
        .setMessage(
            text.isEmpty()
                ? "executor is free again and claims runs"
                : "executor is held back and claims nothing")
        .addKeyValue("executor", executor)
        .addKeyValue("cordon", text)
        .log();
  }

  @Override
  public void close() {
    status.close();
    resources.close();
  }
}
