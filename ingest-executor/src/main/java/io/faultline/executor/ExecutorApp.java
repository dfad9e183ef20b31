package io.faultline.executor;

import io.faultline.app.App;
import io.faultline.app.BrokerWatch;
import io.faultline.app.HttpEndpoint;
import io.faultline.app.WatchedRegistry;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cordon.CordonWatch;
import io.faultline.executor.kafka.ExecutorLoop;
import io.faultline.executor.kafka.ExecutorMetrics;
import io.faultline.executor.kubernetes.KubernetesCluster;
import io.faultline.executor.local.LocalCluster;
import io.faultline.schemas.Codecs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executor as one service: a cluster, the loop that claims and reports, its HTTP. */
public final class ExecutorApp implements App {

  private static final Logger log = LoggerFactory.getLogger(ExecutorApp.class);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

  private final ExecutorSettings settings;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WatchedRegistry registry;
  private final BrokerWatch broker;
  private HttpEndpoint http;
  private Cluster cluster;
  private ExecutorLoop loop;
  private CordonWatch cordons;
  private OthersFailures others;

  /** Makes its parts; nothing runs yet, and no directory is touched. */
  public ExecutorApp(ExecutorSettings settings) {
    this.settings = settings;
    this.registry = WatchedRegistry.open(settings.common());
    this.broker = new BrokerWatch(name(), settings.common());
  }

  @Override
  public String name() {
    return ExecutorSettings.SERVICE;
  }

  /** Where it answers; empty before its start. */
  public String url() {
    return http == null ? "" : http.url();
  }

  @Override
  public void start() {
    Codecs codecs = new Codecs(registry);
    ExecutorMetrics counts = new ExecutorMetrics(metrics);
    try {
      http = new HttpEndpoint(name(), settings.common().http(), this::ready, metrics);
      log.atInfo()
          .setMessage("executor starts")
          .addKeyValue("executor", settings.id())
          .addKeyValue("settings", settings)
          .log();
      if (settings.onKubernetes()) {
        KubernetesCluster pods = new KubernetesCluster(settings.kubernetes());
        cluster = pods;
        others =
            settings.others().enabled()
                ? OthersFailures.begin(settings, pods, codecs, counts)
                : null;
      } else {
        cluster = new LocalCluster(settings.local());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    broker.start();
    cordons = new CordonWatch(name(), settings.common(), codecs, settings.id(), this::url, metrics);
    cordons.start();
    loop = new ExecutorLoop(settings, codecs, cluster, cordons, Clock.systemUTC(), counts);
    loop.start();
  }

  @Override
  public boolean ready() {
    return loop != null
        && loop.ready()
        && cordons.known()
        && broker.reachable()
        && registry.answers();
  }

  @Override
  public Optional<Throwable> failure() {
    return loop == null ? Optional.empty() : loop.failure();
  }

  @Override
  public void close() {
    if (loop != null && settings.stopRunsOnClose()) {
      endRuns();
    }
    registry.close(); // a loop that waits for it goes on, and ends
    if (loop != null) {
      loop.close();
      cordons.close();
      broker.close();
    }
    if (others != null) {
      others.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (http != null) {
      http.close();
    }
  }

  private void endRuns() {
    try {
      loop.endRuns(settings.leaseGrace().plus(KILLED_WITHIN));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
