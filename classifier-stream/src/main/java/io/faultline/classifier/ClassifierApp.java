package io.faultline.classifier;

import io.faultline.app.App;
import io.faultline.app.CommonSettings;
import io.faultline.app.HttpEndpoint;
import io.faultline.app.ResourceFollower;
import io.faultline.app.ServiceStatusPublisher;
import io.faultline.app.StreamsRunner;
import io.faultline.app.WatchedRegistry;
import io.faultline.classifier.categories.CategoriesParser;
import io.faultline.classifier.categories.FollowedCategories;
import io.faultline.classifier.counts.CountsEndpoint;
import io.faultline.schemas.Codecs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;

/** The classifier as one service: its topology, the categories it follows, its HTTP. */
public final class ClassifierApp implements App {

  private final ClassifierSettings settings;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WatchedRegistry registry;
  private final ResourceFollower resources;
  private final StreamsRunner streams;
  private final ServiceStatusPublisher status;
  private HttpEndpoint http;

  /** Makes its parts; nothing runs yet. */
  public ClassifierApp(ClassifierSettings settings) {
    this.settings = settings;
    CommonSettings common = settings.common();
    registry = WatchedRegistry.open(common);
    Codecs codecs = new Codecs(registry);
    resources = new ResourceFollower(name(), common, codecs, new CategoriesParser(), metrics);
    Topology topology =
        ClassifierTopology.of(settings, codecs, new FollowedCategories(resources::inForce));
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
  }

  @Override
  public String name() {
    return ClassifierSettings.SERVICE;
  }

  /** Where it answers; empty before its start. */
  public String url() {
    return http == null ? "" : http.url();
  }

  @Override
  public void start() {
    CommonSettings common = settings.common();
    try {
      http = new HttpEndpoint(name(), common.http(), this::ready, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    HostInfo self = new HostInfo(common.http().host(), http.port());
    new CountsEndpoint(ClassifierTopology.JOB_COUNTS, streams::streams, self, common.http().token())
        .addTo(http);
    streams.answersAt(self.host() + ":" + self.port());
    resources.start();
    streams.start();
    status.start();
  }

  @Override
  public boolean ready() {
    return resources.caughtUp() && streams.ready();
  }

  @Override
  public void close() {
    status.close();
    streams.close();
    resources.close();
    registry.close();
    if (http != null) {
      http.close();
    }
  }
}
