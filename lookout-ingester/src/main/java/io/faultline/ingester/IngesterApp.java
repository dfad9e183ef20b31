package io.faultline.ingester;

import io.faultline.app.App;
import io.faultline.app.BrokerWatch;
import io.faultline.app.HttpEndpoint;
import io.faultline.app.WatchedRegistry;
import io.faultline.ingester.kafka.Clients;
import io.faultline.ingester.kafka.DeadLetterOutbox;
import io.faultline.ingester.kafka.Inbox;
import io.faultline.ingester.kafka.MessageDecoder;
import io.faultline.ingester.sink.postgres.PostgresSink;
import io.faultline.schemas.Codecs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happened to PostgreSQL. Starts whether or not Kafka, the registry and PostgreSQL are
 * there, and is ready once it has its partitions and PostgreSQL answers.
 */
public final class IngesterApp implements App {

  private static final Logger log = LoggerFactory.getLogger(IngesterApp.class);
  private static final Duration CLEAN_END = Duration.ofSeconds(5);

  private final IngesterSettings settings;
  private final BrokerWatch brokers;
  private volatile WatchedRegistry registry;
  private PostgresSink sink;
  private DeadLetterOutbox deadLetters;
  private HttpEndpoint http;
  private volatile IngestLoop loop;
  private Thread thread;

  /** Connects to nothing yet. */
  public IngesterApp(IngesterSettings settings) {
    this.settings = settings;
    this.brokers = new BrokerWatch(IngesterSettings.SERVICE, settings.common());
  }

  @Override
  public String name() {
    return IngesterSettings.SERVICE;
  }

  @Override
  public synchronized void start() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      http = new HttpEndpoint(name(), settings.common().http(), this::ready, meters);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    brokers.start();
    registry = WatchedRegistry.open(settings.common());
    MessageDecoder decoder = new MessageDecoder(new Codecs(registry));
    sink = new PostgresSink(settings.postgres());
    deadLetters =
        new DeadLetterOutbox(Clients.producer(settings.common(), settings.groupId()), name());
    loop =
        new IngestLoop(
            () ->
                new Inbox(
                    Clients.consumer(settings.common(), settings.groupId(), settings.batch()),
                    decoder.topics(),
                    settings.batch()),
            decoder,
            sink,
            deadLetters,
            new IngestMetrics(meters, decoder.topics(), sink.work()));
    thread = new Thread(loop, name());
    thread.setDaemon(true);
    thread.start();
    log.atInfo()
        .setMessage("ingester begins")
        .addKeyValue("settings", settings)
        .addKeyValue("url", http.url())
        .log();
  }

  /** Where it answers for health and metrics, once started. */
  public synchronized String url() {
    return http.url();
  }

  @Override
  public boolean ready() {
    IngestLoop running = loop;
    return running != null && running.working() && brokers.reachable() && registry.answers();
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      brokers.close();
      loop.stop();
      registry.close(); // ends a wait for its answer
      if (!ended()) {
        thread.interrupt();
        ended();
      }
      thread = null;
    }
    if (sink != null) {
      sink.close();
    }
    if (deadLetters != null) {
      deadLetters.close();
    }
    if (http != null) {
      http.close();
    }
  }

  private boolean ended() {
    try {
      thread.join(CLEAN_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
