package io.faultline.executor;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.executor.kubernetes.OthersSettings;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import io.faultline.executor.kubernetes.PodWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings below {@code executor.kubernetes.watch}. */
final class OthersKeys {

  private static final String PREFIX = KubernetesKeys.PREFIX + "watch.";
  private static final String PODS = PREFIX + "pods";
  private static final String JOB_ID = PREFIX + "jobId";

  private OthersKeys() {}

  static OthersSettings read(SettingsReader reader) {
    List<String> kinds = KubernetesKeys.words(reader.text(PODS, ""));
    PodWords jobId = words(reader, JOB_ID);
    Mapping besides =
        new Mapping(
            PodWords.NOWHERE,
            words(reader, PREFIX + "queue"),
            words(reader, PREFIX + "jobSet"),
            words(reader, PREFIX + "runIndex"));
    boolean sets = reader.bool(PREFIX + "sets", false);
    List<Mapping> mappings = new ArrayList<>();
    if (sets) {
      // first, so that a Job's pods are known by its UID, as the Job itself is
      mappings.add(besides.or(Mapping.JOBS));
    }
    for (String kind : kinds) {
      Mapping mapping = besides.or(preset(kind, jobId));
      if (!mappings.contains(mapping)) {
        mappings.add(mapping);
      }
    }
    return new OthersSettings(
        mappings,
        KubernetesKeys.words(reader.text(PREFIX + "namespaces", "")),
        reader.text(PREFIX + "selector", ""),
        reader.duration(
            PREFIX + "endedWithin", Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(30)),
        sets);
  }

  private static Mapping preset(String kind, PodWords jobId) {
    return switch (kind) {
      case "armada" -> Mapping.ARMADA;
      case "jobs" -> Mapping.JOBS;
      case "mapped" -> {
        if (jobId.places().isEmpty()) {
          throw new SettingsException(
              "setting "
                  + JOB_ID
                  + ": empty; allowed, as "
                  + PODS
                  + " has mapped: "
                  + PodWords.ALLOWED);
        }
        yield new Mapping(jobId, PodWords.NOWHERE, PodWords.NOWHERE, PodWords.NOWHERE);
      }
      default ->
          throw new SettingsException(
              "setting " + PODS + ": '" + kind + "'; allowed: armada, jobs, mapped");
    };
  }

  private static PodWords words(SettingsReader reader, String key) {
    try {
      return PodWords.parse(reader.text(key, ""));
    } catch (IllegalArgumentException e) {
      throw new SettingsException("setting " + key + ": " + e.getMessage());
    }
  }
}
