package io.faultline.executor;

import io.faultline.app.SettingsReader;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.kubernetes.KubernetesSettings;
import io.faultline.executor.kubernetes.KubernetesSettings.Patience;
import io.faultline.executor.kubernetes.KubernetesSettings.Pressure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The settings below {@code executor.kubernetes}. */
final class KubernetesKeys {

  static final String PREFIX = "executor.kubernetes.";

  private KubernetesKeys() {}

  static KubernetesSettings read(
      SettingsReader reader, String id, String cluster, Room capacity, MessageCut messages) {
    return new KubernetesSettings(
        reader.text(PREFIX + "kubeconfig", ""),
        reader.text(PREFIX + "context", ""),
        words(reader.text(PREFIX + "namespaces", "")),
        cluster,
        id,
        capacity,
        new Patience(
            duration(reader, "startPatience", Duration.ofMinutes(5)),
            duration(reader, "schedulePatience", Duration.ofMinutes(10)),
            duration(reader, "terminatePatience", Duration.ofMinutes(5))),
        new Pressure(
            reader.integer(PREFIX + "queriesPerSecond", 50, 1, 10_000),
            reader.duration(
                PREFIX + "requestTimeout",
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofMinutes(5)),
            reader.integer(PREFIX + "retries", 5, 0, 20),
            reader.duration(
                PREFIX + "firstBackoff",
                Duration.ofMillis(200),
                Duration.ofMillis(1),
                Duration.ofMinutes(1)),
            reader.duration(
                PREFIX + "longestBackoff",
                Duration.ofSeconds(30),
                Duration.ofMillis(1),
                Duration.ofHours(1)),
            reader.integer(PREFIX + "events", 50, 0, 1000)),
        reader.duration(
            PREFIX + "leaseGrace",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)),
        reader.duration(
            PREFIX + "keepFailed", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(365)),
        reader.text(PREFIX + "nodeLabel", ""),
        messages);
  }

  private static Duration duration(SettingsReader reader, String key, Duration fallback) {
    return reader.duration(PREFIX + key, fallback, Duration.ofSeconds(1), Duration.ofDays(7));
  }

  /** Words with commas between them. */
  static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }
}
