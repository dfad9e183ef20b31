package io.faultline.cli.up;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.decider.DeciderSettings;
import io.faultline.executor.ExecutorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * The options of {@code up} that say where jobs run, on this machine or on a cluster, and how runs
 * are made and retried.
 */
final class WhereJobsRun {

  private static final String EXECUTOR = "executor.";
  private static final List<String> DECIDER = List.of("retryPolicy.", "sets.");

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "runs jobs as pods on the cluster of this file, not as processes of this user")
  private Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "which context of the file (default: its current one)")
  private String context;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "a setting of the executor, retryPolicy.… or sets.…, as docs/configuration.md has them; any"
              + " number")
  private Map<String, String> set = new TreeMap<>();

  /**
   * The executor's settings, and those of the decider that were given.
   *
   * @throws CliException naming an option that does not fit
   */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (kubeconfig == null) {
      if (context != null) {
        throw refused("--context " + context + ": allowed only with --kubeconfig");
      }
      settings.put("executor.local.enabled", "true");
    } else {
      if (!Files.isReadable(kubeconfig) || Files.isDirectory(kubeconfig)) {
        throw refused("--kubeconfig " + kubeconfig + ": can't be read; give a kubeconfig file");
      }
      settings.put("executor.kubernetes.enabled", "true");
      settings.put("executor.kubernetes.kubeconfig", kubeconfig.toAbsolutePath().toString());
      settings.put("executor.kubernetes.context", context == null ? "" : context);
      // not the one that runs processes here: each finds its own runs again and no others
      settings.put("executor.id", "up-kubernetes");
    }
    for (Map.Entry<String, String> each : set.entrySet()) {
      if (!begins(each.getKey(), List.of(EXECUTOR)) && !begins(each.getKey(), DECIDER)) {
        throw refused(
            String.format(
                Locale.ROOT,
                "--set %s: allowed are keys that begin with '%s' or '%s'",
                each.getKey(),
                EXECUTOR,
                String.join("' or '", DECIDER)));
      }
      settings.put(each.getKey(), each.getValue());
    }
    try {
      ExecutorSettings.read(SettingsReader.of(ofExecutor(settings)));
      SettingsReader decider = SettingsReader.of(ofDecider(settings));
      DeciderSettings.read(decider);
      decider.refuseUnknown();
    } catch (SettingsException e) {
      throw refused("up: " + e.getMessage());
    }
    return settings;
  }

  /** Those of them that are the executor's. */
  static Map<String, String> ofExecutor(Map<String, String> settings) {
    return beginningWith(List.of(EXECUTOR), settings);
  }

  /** Those of them that are the decider's. */
  static Map<String, String> ofDecider(Map<String, String> settings) {
    return beginningWith(DECIDER, settings);
  }

  private static Map<String, String> beginningWith(
      List<String> prefixes, Map<String, String> settings) {
    Map<String, String> chosen = new TreeMap<>(settings);
    chosen.keySet().removeIf(key -> !begins(key, prefixes));
    return chosen;
  }

  private static boolean begins(String key, List<String> prefixes) {
    return prefixes.stream().anyMatch(key::startsWith);
  }

  private static CliException refused(String message) {
    return new CliException(ExitCode.BAD_INPUT, message);
  }
}
