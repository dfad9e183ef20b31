package io.faultline.app;

import io.faultline.schemas.Codecs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;

/**
 * A service that runs topologies: it follows resources, runs what it was made of and answers HTTP.
 */
public abstract class TopologyService implements App {

  private final String name;
  private final CommonSettings common;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WatchedRegistry registry;
  private final Codecs codecs;
  private final ResourceFollower resources;
  private final List<StreamsRunner> runners;
  private final ServiceStatusPublisher status;
  private HttpEndpoint http;

  /** Makes the service's topology. */
  @FunctionalInterface
  public interface TopologyFactory {
    /**
     * Makes it.
     *
     * @param codecs read and write the values of all topics
     * @param inForce the resources that are in force at the time of asking
     * @param metrics what the topology measures goes here
     */
    Topology make(Codecs codecs, Supplier<ResourcesInForce> inForce, MeterRegistry metrics);
  }

  /**
   * A topology that the service runs.
   *
   * @param name {@code faultline-} and this is its application id; the first one's is the service's
   * @param settings how it is run
   * @param topology makes it
   */
  public record Part(String name, StreamsSettings settings, TopologyFactory topology) {}

  /**
   * Makes the parts; nothing runs yet.
   *
   * @param name the service's name
   * @param parser makes values of the bodies of resources
   * @param parts at least one; the stores of the first one can be asked
   */
  protected TopologyService(
      String name, CommonSettings common, ResourceParser parser, Part... parts) {
    this.name = name;
    this.common = common;
    registry = WatchedRegistry.open(common);
    codecs = new Codecs(registry);
    resources = new ResourceFollower(name, common, codecs, parser, metrics);
    runners = Stream.of(parts).map(this::runner).toList();
    status =
        new ServiceStatusPublisher(
            name,
            common,
            codecs,
            this::url,
            () -> resources.inForce().revision(),
            Clock.systemUTC());
  }

  private StreamsRunner runner(Part part) {
    return new StreamsRunner(
        part.name(),
        common,
        part.settings(),
        part.topology().make(codecs, resources::inForce, metrics),
        registry,
        metrics,
        resources::caughtUp);
  }

  /** Adds what the service answers besides health and metrics: nothing, unless overridden. */
  protected void addTo(HttpEndpoint endpoint, HostInfo self) {}

  /** Read and write the values of all topics, for what a service does beside its topologies. */
  protected final Codecs codecs() {
    return codecs;
  }

  /** The first topology as it runs, for asking its stores; empty while it waits for its start. */
  protected final Optional<KafkaStreams> streams() {
    return runners.get(0).streams();
  }

  @Override
  public final String name() {
    return name;
  }

  /** Where it answers; empty before its start. */
  public final String url() {
    return http == null ? "" : http.url();
  }

  @Override
  public void start() {
    try {
      http = new HttpEndpoint(name, common.http(), this::ready, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    HostInfo self = new HostInfo(common.http().host(), http.port());
    addTo(http, self);
    runners.get(0).answersAt(self.host() + ":" + self.port());
    resources.start();
    runners.forEach(StreamsRunner::start);
    status.start();
  }

  @Override
  public final boolean ready() {
    return resources.caughtUp() && runners.stream().allMatch(StreamsRunner::ready);
  }

  @Override
  public final Optional<Throwable> failure() {
    return runners.stream().flatMap(runner -> runner.failure().stream()).findFirst();
  }

  @Override
  public void close() {
    status.close();
    runners.forEach(StreamsRunner::close);
    resources.close();
    registry.close();
    if (http != null) {
      http.close();
    }
  }
}
