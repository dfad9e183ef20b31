package io.faultline.ingester;

import io.faultline.app.App;
import io.faultline.app.HttpEndpoint;
import io.faultline.ingester.kafka.Clients;
import io.faultline.ingester.kafka.DeadLetterOutbox;
import io.faultline.ingester.kafka.Inbox;
import io.faultline.ingester.kafka.MessageDecoder;
import io.faultline.ingester.sink.postgres.PostgresSink;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
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
  private final Function<Map<String, String>, SchemaRegistry> registries;
  private SchemaRegistry registry;
  private PostgresSink sink;
  private DeadLetterOutbox deadLetters;
  private HttpEndpoint http;
  private IngestLoop loop;
  private Thread thread;

  /** Connects to nothing yet. */
  public IngesterApp(IngesterSettings settings) {
    this(settings, SchemaRegistries::open);
  }

  /** With another way to open the registry. */
  IngesterApp(IngesterSettings settings, Function<Map<String, String>, SchemaRegistry> registries) {
    this.settings = settings;
    this.registries = registries;
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
    registry = registries.apply(settings.common().registry());
    MessageDecoder decoder = new MessageDecoder(new Codecs(registry));
    sink = new PostgresSink(settings.postgres());
    Map<String, String> kafka = settings.common().kafka();
    String instance = settings.common().instanceId();
    deadLetters =
        new DeadLetterOutbox(Clients.producer(kafka, settings.groupId(), instance), name());
    loop =
        new IngestLoop(
            () ->
                new Inbox(
                    Clients.consumer(kafka, settings.groupId(), instance, settings.batch()),
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
    return running != null && running.working();
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
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
