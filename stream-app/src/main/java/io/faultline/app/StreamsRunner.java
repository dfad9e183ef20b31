package io.faultline.app;

import io.faultline.schemas.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology, exactly once. What it needs may be away when it starts and go away later: it
 * waits, is not ready, and says so.
 *
 * <p>A failure that another try can mend replaces the thread that met it; any other ends the
 * topology for good, see {@link #failure}.
 */
public final class StreamsRunner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(12);
  private static final Duration CLOSE_AFTER_REGISTRY = Duration.ofSeconds(5);
  private static final long LOOK_EVERY_MILLIS = 250;
  private static final long SAY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String service;
  private final Path stateDir;
  private final Topology topology;
  private final Map<String, Object> properties;
  private final WatchedRegistry registry;
  private final MeterRegistry metrics;
  private final BooleanSupplier mayStart;
  private final BrokerWatch broker;
  private final RestoreProgress restore;
  private final FailurePolicy policy;
  private final Worker starter;
  private volatile KafkaStreams streams;
  private KafkaStreamsMetrics streamsMetrics;

  /**
   * Prepares; nothing runs yet.
   *
   * @param service the service's name; the application id is {@code faultline-} and the name
   * @param common where Kafka is, which instance this is, and where its stores are
   * @param settings how it is run
   * @param topology what is run; its values' codecs use the registry
   * @param registry not ready while somebody waits for it; closed by whoever made it, but also here
   *     where the topology waits for it and must end
   * @param metrics gets Kafka Streams' metrics, and a count of dead letters
   * @param mayStart asked until it is true, and only then the topology begins: for example that the
   *     resources have been read
   */
  public StreamsRunner(
      String service,
      CommonSettings common,
      StreamsSettings settings,
      Topology topology,
      WatchedRegistry registry,
      MeterRegistry metrics,
      BooleanSupplier mayStart) {
    this.service = service;
    this.stateDir = common.stateDir();
    this.topology = topology;
    this.registry = registry;
    this.metrics = metrics;
    this.mayStart = mayStart;
    this.properties = settings.properties("faultline-" + service, common);
    properties.put(UndecodableToDeadLetter.SERVICE, service);
    properties.put(UndecodableToDeadLetter.METRICS, metrics);
    this.broker = new BrokerWatch(service, common);
    this.restore = new RestoreProgress(service);
    this.policy = new FailurePolicy(service);
    this.starter = new Worker(service + "-starter", this::startWhenPossible);
    measure();
  }

  private void measure() {
    Gauge.builder("faultline.ready", () -> ready() ? 1 : 0)
        .description("1 while the service does its work")
        .tag("service", service)
        .register(metrics);
    Gauge.builder("faultline.kafka.reachable", () -> broker.reachable() ? 1 : 0)
        .description("1 while Kafka answers")
        .tag("service", service)
        .register(metrics);
    FunctionCounter.builder(
            "faultline.registry.failed.attempts", registry, WatchedRegistry::failedAttempts)
        .description("how often the schema registry could not be reached")
        .tag("service", service)
        .register(metrics);
  }

  /**
   * Where other instances ask this one for its stores' values.
   *
   * @param hostAndPort for example {@code 127.0.0.1:8080}; call it before {@link #start}
   */
  public void answersAt(String hostAndPort) {
    properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, hostAndPort);
  }

  /** Begins to wait for what the topology needs, and returns at once. */
  public void start() {
    broker.start();
    starter.start();
  }

  /** Whether it works now: running, its stores restored, Kafka and the registry there. */
  public boolean ready() {
    KafkaStreams running = streams;
    return running != null
        && running.state() == KafkaStreams.State.RUNNING
        && restore.done()
        && broker.reachable()
        && registry.answers();
  }

  /** The running topology, for asking its stores; empty while it waits for its start. */
  public Optional<KafkaStreams> streams() {
    return Optional.ofNullable(streams);
  }

  /** What ended it for good; empty while it runs or waits. */
  public Optional<Throwable> failure() {
    return policy.failure();
  }

  /**
   * Ends it: the current transaction is committed, the stores are closed. It stays a member of its
   * group for the 6 s session, so that a restart finds its partitions and stores unmoved.
   */
  @Override
  public void close() {
    policy.closing();
    starter.close();
    if (streams != null && !streams.close(closeOptions(CLOSE_WITHIN))) {
      registry.close();
      if (!streams.close(closeOptions(CLOSE_AFTER_REGISTRY))) {
        log.atWarn()
            .setMessage("streams did not end in time")
            .addKeyValue("service", service)
            .log();
      }
    }
    if (streamsMetrics != null) {
      streamsMetrics.close();
    }
    broker.close();
  }

  private static CloseOptions closeOptions(Duration atMost) {
    return CloseOptions.groupMembershipOperation(
            CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP)
        .withTimeout(atMost);
  }

  private void startWhenPossible() throws InterruptedException {
    try {
      awaitTopics();
      while (!mayStart.getAsBoolean()) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      // Kafka Streams makes it too, but fails where another topology of the service does so just
      // now
      Files.createDirectories(stateDir);
      KafkaStreams starting = new KafkaStreams(topology, new StreamsConfig(properties));
      starting.setUncaughtExceptionHandler(policy);
      starting.setGlobalStateRestoreListener(restore);
      starting.setStateListener(
          (now, before) ->
              log.atInfo()
                  .setMessage("streams state")
                  .addKeyValue("service", service)
                  .addKeyValue("state", now)
                  .log());
      streamsMetrics = new KafkaStreamsMetrics(starting);
      streamsMetrics.bindTo(metrics);
      streams = starting;
      starting.start();
    } catch (InterruptException closed) {
      throw closed;
    } catch (IOException | RuntimeException e) {
      policy.fail(e);
    }
  }

  private void awaitTopics() throws InterruptedException {
    Set<String> needed = topics(topology);
    long nextWord = System.nanoTime();
    while (true) {
      Set<String> missing = broker.missing(needed);
      if (missing.isEmpty()) {
        return;
      }
      if (broker.reachable() && System.nanoTime() - nextWord >= 0) {
        nextWord = System.nanoTime() + SAY_EVERY_NANOS;
        log.atWarn()
            .setMessage("topics are missing, waiting")
            .addKeyValue("service", service)
            .addKeyValue("topics", missing)
            .log();
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** The topics that must be there: sources and sinks, but not those that Streams makes itself. */
  private static Set<String> topics(Topology topology) {
    Set<String> topics = new TreeSet<>(Set.of(Topics.DEAD_LETTERS.name()));
    for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
          topics.addAll(source.topicSet());
        } else if (node instanceof TopologyDescription.Sink sink && sink.topic() != null) {
          topics.add(sink.topic());
        }
      }
    }
    topics.removeIf(topic -> topic.endsWith("-repartition"));
    return topics;
  }
}
