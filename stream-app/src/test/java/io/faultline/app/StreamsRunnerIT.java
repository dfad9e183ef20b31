package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.job.Heartbeat;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class StreamsRunnerIT {

  private static final String COUNTS = "counts";
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final MeterRegistry metrics = new SimpleMeterRegistry();

  @BeforeEach
  void patience() {
    Awaitility.setDefaultTimeout(SOON);
  }

  @Test
  void itWaitsForKafkaAndItsTopicsAndForLeaveToStartAndLosesNothingWhenKafkaGoesAway()
      throws Exception {
    boolean[] mayStart = {false};
    try (var kafka = EmbeddedKafka.temporary();
        var registry = EmbeddedRegistry.temporary()) {
      kafka.stop();
      try (var client = watched(kafka.bootstrapServers(), registry.url());
          var runner =
              runner(kafka.bootstrapServers(), registry.url(), client, "", () -> mayStart[0])) {
        runner.start();
        assertThat(runner.ready()).isFalse();
        kafka.start();
        Parts.makeTopics(kafka, COUNTS);
        assertThat(runner.streams()).isEmpty();
        mayStart[0] = true;
        await().until(runner::ready);
        send(kafka, client, "a");
        awaitCount(kafka, "a", 1);

        kafka.stop();
        await().until(() -> !runner.ready());
        kafka.start();
        await().until(runner::ready);
        send(kafka, client, "a");
        awaitCount(kafka, "a", 2);
        assertThat(runner.failure()).isEmpty();
      }
    }
  }

  @Test
  void undecodableRecordsBecomeDeadLettersAndARegistryThatIsAwayMakesItWait() throws Exception {
    try (var kafka = EmbeddedKafka.temporary();
        var registry = EmbeddedRegistry.temporary();
        var client = watched(kafka.bootstrapServers(), registry.url());
        var runner = runner(kafka.bootstrapServers(), registry.url(), client, "", () -> true)) {
      Parts.makeTopics(kafka, COUNTS);
      byte[] good;
      try (var other = watched(kafka.bootstrapServers(), registry.url())) {
        good = bytes(other, "a");
      }
      registry.stop();
      runner.start();
      Parts.produce(kafka, Topics.HEARTBEATS.name(), "a", good);
      await().until(() -> client.failedAttempts() > 2 && !runner.ready());
      assertThat(Parts.committed(kafka, Topics.DEAD_LETTERS.name())).isEmpty();

      registry.start();
      awaitCount(kafka, "a", 1);
      await().until(runner::ready);

      byte[] notAvro = "hello".getBytes(StandardCharsets.UTF_8);
      byte[] unknownId = {0, 0, 1, 2, 3, 4};
      Parts.produce(kafka, Topics.HEARTBEATS.name(), "a", notAvro);
      Parts.produce(kafka, Topics.HEARTBEATS.name(), "a", unknownId);
      Parts.produce(kafka, Topics.HEARTBEATS.name(), "a", good);
      awaitCount(kafka, "a", 2);
      var letters = Parts.committed(kafka, Topics.DEAD_LETTERS.name());
      assertThat(letters).extracting(r -> r.value()).containsExactly(notAvro, unknownId);
      assertThat(letters)
          .extracting(r -> DeadLetter.of(r))
          .extracting(DeadLetter::service, DeadLetter::topic, DeadLetter::reason)
          .containsExactly(
              tuple("counter", Topics.HEARTBEATS.name(), "not_framed"),
              tuple("counter", Topics.HEARTBEATS.name(), "unknown_schema"));
      assertThat(metrics.find("faultline.dead.letters").counters()).hasSize(2);
    }
  }

  @Test
  void aFaultOfItsOwnEndsItForGoodAndIsTold() throws Exception {
    try (var kafka = EmbeddedKafka.temporary();
        var registry = EmbeddedRegistry.temporary();
        var client = watched(kafka.bootstrapServers(), registry.url());
        var runner =
            runner(kafka.bootstrapServers(), registry.url(), client, "poison", () -> true)) {
      Parts.makeTopics(kafka, COUNTS);
      runner.start();
      await().until(runner::ready);
      send(kafka, client, "poison");
      await().until(() -> runner.failure().isPresent());
      await().until(() -> !runner.ready());
      assertThat(runner.failure().get()).hasStackTraceContaining("poison met");
    }
  }

  private WatchedRegistry watched(String kafka, String registry) {
    return WatchedRegistry.open(Parts.settings(kafka, registry, folder));
  }

  private StreamsRunner runner(
      String kafka,
      String registry,
      WatchedRegistry client,
      String poison,
      BooleanSupplier mayStart) {
    return new StreamsRunner(
        "counter",
        Parts.settings(kafka, registry, folder.resolve("state")),
        new StreamsSettings(Duration.ofMillis(20), Duration.ofMillis(20), 1, 0, 16, 0),
        topology(client, poison),
        client,
        metrics,
        mayStart);
  }

  /** Counts heartbeats by executor, in RocksDB. */
  private static Topology topology(WatchedRegistry client, String poison) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.HEARTBEATS.name(),
            Consumed.with(Serdes.String(), new Codecs(client).serde(Topics.HEARTBEATS))
                .withName("heartbeats"))
        .mapValues(
            (key, heartbeat) -> {
              if (heartbeat.executor().equals(poison)) {
                throw new IllegalStateException("poison met");
              }
              return heartbeat.executor();
            },
            Named.as("executor"))
        .groupByKey(Grouped.with("by-executor", Serdes.String(), Serdes.String()))
        .count(
            Named.as("count"),
            Materialized.<String, Long>as(Stores.persistentKeyValueStore("count"))
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long()))
        .toStream(Named.as("counted"))
        .to(COUNTS, Produced.with(Serdes.String(), Serdes.Long()).withName("to-counts"));
    return builder.build();
  }

  private static byte[] bytes(WatchedRegistry client, String executor) {
    Heartbeat heartbeat = Parts.heartbeat(executor);
    return new Codecs(client)
        .serde(Topics.HEARTBEATS)
        .serializer()
        .serialize(Topics.HEARTBEATS.name(), heartbeat);
  }

  private static void send(EmbeddedKafka kafka, WatchedRegistry client, String executor) {
    Parts.produce(kafka, Topics.HEARTBEATS.name(), executor, bytes(client, executor));
  }

  private static void awaitCount(EmbeddedKafka kafka, String executor, long count) {
    await()
        .untilAsserted(
            () ->
                assertThat(Parts.committed(kafka, COUNTS))
                    .filteredOn(r -> executor.equals(new String(r.key(), StandardCharsets.UTF_8)))
                    .last()
                    .extracting(r -> Serdes.Long().deserializer().deserialize(COUNTS, r.value()))
                    .isEqualTo(count));
  }
}
