package io.faultline.ingester;

import io.faultline.ingester.sink.postgres.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What is measured of ingesting. */
final class IngestMetrics {

  private final Map<String, Long> lag = new ConcurrentHashMap<>();
  private final Counter messages;
  private final Counter deadLetters;
  private final Timer batch;
  private final Counter waits;

  IngestMetrics(MeterRegistry registry, Set<String> topics, Work work) {
    for (String topic : topics) {
      Gauge.builder("faultline.ingest.lag", () -> lag.getOrDefault(topic, 0L))
          .tag("topic", topic)
          .description("Records that wait, on the partitions of this instance")
          .register(registry);
    }
    messages =
        Counter.builder("faultline.ingest.messages")
            .description("Messages whose batch is committed")
            .register(registry);
    deadLetters =
        Counter.builder("faultline.ingest.dead.letters")
            .description("Records that went to dead letters, repeats included")
            .register(registry);
    batch =
        Timer.builder("faultline.ingest.batch")
            .description("Writing a batch, from its plan to its commit")
            .register(registry);
    waits =
        Counter.builder("faultline.ingest.waits")
            .description("Times that something outside was away and a pause was made")
            .register(registry);
    counter(registry, "rows", "Rows sent, those sent again included", work, Work::rows);
    counter(registry, "statements", "Statements that write rows", work, Work::statements);
    counter(registry, "batches", "Batches committed", work, Work::batches);
    counter(registry, "refused.rows", "Rows refused for their content", work, Work::refused);
  }

  void lag(Map<String, Long> byTopic) {
    lag.putAll(byTopic);
  }

  void committed(int count, Duration took) {
    messages.increment(count);
    batch.record(took);
  }

  void deadLetters(int count) {
    deadLetters.increment(count);
  }

  void waited() {
    waits.increment();
  }

  private static void counter(
      MeterRegistry registry,
      String name,
      String description,
      Work work,
      ToDoubleFunction<Work> value) {
    FunctionCounter.builder("faultline.ingest." + name, work, value)
        .description(description)
        .register(registry);
  }
}
