package io.faultline.decider;

import io.faultline.app.App;
import io.faultline.app.CommonSettings;
import io.faultline.app.HttpEndpoint;
import io.faultline.app.ResourceFollower;
import io.faultline.app.ServiceStatusPublisher;
import io.faultline.app.StreamsRunner;
import io.faultline.app.WatchedRegistry;
import io.faultline.decider.lease.ExecutorWatch;
import io.faultline.decider.lease.PulseSender;
import io.faultline.decider.policy.Policies;
import io.faultline.decider.policy.PolicyParser;
import io.faultline.domain.job.JobState;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.StateCodec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/** The decider as one service: its topology, the policies it follows, its HTTP. */
public final class DeciderApp implements App {

  private final DeciderSettings settings;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WatchedRegistry registry;
  private final ResourceFollower resources;
  private final StreamsRunner streams;
  private final ServiceStatusPublisher status;
  private final PulseSender pulses;
  private HttpEndpoint http;

  /** Makes its parts; nothing runs yet. */
  public DeciderApp(DeciderSettings settings) {
    this.settings = settings;
    CommonSettings common = settings.common();
    registry = WatchedRegistry.open(common);
    Codecs codecs = new Codecs(registry);
    resources = new ResourceFollower(name(), common, codecs, new PolicyParser(), metrics);
    Topology topology =
        DeciderTopology.of(
            settings,
            codecs,
            StateCodec.of(JobState.class),
            new Policies(settings.retry(), resources::inForce, metrics, Clock.systemUTC()),
            new DecisionLog(metrics));
    streams =
        new StreamsRunner(
            name(), common, settings.streams(), topology, registry, metrics, resources::caughtUp);
    status =
        new ServiceStatusPublisher(
            name(),
            common,
            codecs,
            this::url,
            () -> resources.inForce().revision(),
            Clock.systemUTC());
    Duration every = ExecutorWatch.pulseEvery(settings.executorTimeout());
    pulses = new PulseSender(common, every);
  }

  @Override
  public String name() {
    return DeciderSettings.SERVICE;
  }

  /** Where it answers; empty before its start. */
  public String url() {
    return http == null ? "" : http.url();
  }

  @Override
  public void start() {
    try {
      http = new HttpEndpoint(name(), settings.common().http(), this::ready, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    resources.start();
    streams.start();
    status.start();
    pulses.start();
  }

  @Override
  public boolean ready() {
    return resources.caughtUp() && streams.ready();
  }

  @Override
  public Optional<Throwable> failure() {
    return streams.failure();
  }

  @Override
  public void close() {
    pulses.close();
    status.close();
    streams.close();
    resources.close();
    registry.close();
    if (http != null) {
      http.close();
    }
  }
}
