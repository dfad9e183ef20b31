package io.faultline.executor;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.kubernetes.KubernetesSettings;
import io.faultline.executor.kubernetes.OthersSettings;
import io.faultline.executor.local.LocalSettings;
import io.faultline.executor.local.LocalSettings.MemoryMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What the executor is told.
 *
 * @param common what every service is told
 * @param id who holds leases; stable over restarts, and one process has it at a time
 * @param heartbeatInterval between two signs of life
 * @param stopsAfter how long after its last acknowledged sign of life it ends its own runs; the
 *     decider's timeout must be longer by more than the grace that ending takes
 * @param transactionTimeout how long a dead executor's transaction holds readers up
 * @param stopRunsOnClose whether a clean end of the executor ends its runs too
 * @param longestTurn how long it claims nothing else at most, so that a set that waits for room
 *     gets it; zero for never
 * @param claims whether it takes runs at all; one that does not still looks after those it has
 * @param onKubernetes whether runs run as pods; else as processes on this machine
 * @param local how runs run on this machine
 * @param kubernetes how runs run as pods
 * @param others which pods that others made are watched
 */
public record ExecutorSettings(
    CommonSettings common,
    String id,
    Duration heartbeatInterval,
    Duration stopsAfter,
    Duration transactionTimeout,
    boolean stopRunsOnClose,
    Duration longestTurn,
    boolean claims,
    boolean onKubernetes,
    LocalSettings local,
    KubernetesSettings kubernetes,
    OthersSettings others) {

  /** The service's name. */
  public static final String SERVICE = "ingest-executor";

  /** Checks what belongs together. */
  public ExecutorSettings {
    if (heartbeatInterval.multipliedBy(2).compareTo(stopsAfter) > 0) {
      throw new SettingsException(
          "setting executor.stopsAfter: "
              + stopsAfter.toMillis()
              + "ms; allowed: at least twice executor.heartbeatInterval, "
              + heartbeatInterval.toMillis()
              + "ms");
    }
  }

  /** The cluster's name in reports. */
  public String cluster() {
    return onKubernetes ? kubernetes.cluster() : local.cluster();
  }

  /** How long a run may take to end when nobody knows any more that it lives. */
  public Duration leaseGrace() {
    return onKubernetes ? kubernetes.leaseGrace() : local.leaseGrace();
  }

  /**
   * Reads and checks them; unknown keys are refused.
   *
   * @throws SettingsException naming the key, its value, and what is allowed
   */
  public static ExecutorSettings read(SettingsReader reader) {
    CommonSettings common = CommonSettings.read(reader, SERVICE);
    Duration second = Duration.ofSeconds(1);
    Duration stopsAfter =
        reader.duration("executor.stopsAfter", second.multipliedBy(40), second, Duration.ofDays(1));
    boolean local = reader.bool("executor.local.enabled", false);
    boolean kubernetes = reader.bool("executor.kubernetes.enabled", false);
    String id = reader.text("executor.id", common.instanceId());
    String cluster = reader.text("executor.cluster", kubernetes ? "kubernetes" : "local");
    Room capacity = CapacityKeys.read(reader, kubernetes);
    MessageCut messages =
        new MessageCut(reader.integer("executor.terminationMessageBytes", 4096, 64, 1 << 15));
    ExecutorSettings settings =
        new ExecutorSettings(
            common,
            id,
            reader.duration(
                "executor.heartbeatInterval",
                second.multipliedBy(5),
                Duration.ofMillis(100),
                Duration.ofHours(1)),
            stopsAfter,
            reader.duration(
                "executor.transactionTimeout",
                second.multipliedBy(10),
                second,
                Duration.ofMinutes(15)),
            reader.bool("executor.stopRunsOnClose", false),
            reader.duration(
                "executor.longestTurn", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(7)),
            reader.bool("executor.claims", true),
            kubernetes,
            local(reader, common, stopsAfter, cluster, capacity, messages),
            KubernetesKeys.read(reader, id, cluster, capacity, messages),
            OthersKeys.read(reader));
    reader.refuseUnknown();
    if (local == kubernetes) {
      throw new SettingsException(
          "setting executor.local.enabled: "
              + local
              + ", and executor.kubernetes.enabled: "
              + kubernetes
              + "; allowed: true for just one, so that jobs run as processes of this user on this"
              + " machine, or as pods");
    }
    if (settings.others.enabled() && !kubernetes) {
      throw new SettingsException(
          "setting executor.kubernetes.watch."
              + (settings.others.sets() ? "sets" : "pods")
              + ": given, and executor.kubernetes.enabled: false;"
              + " allowed: true, as there are no pods elsewhere");
    }
    return settings;
  }

  private static LocalSettings local(
      SettingsReader reader,
      CommonSettings common,
      Duration stopsAfter,
      String cluster,
      Room capacity,
      MessageCut messages) {
    boolean stopAlone = reader.bool("executor.local.stopWithoutExecutor", true);
    return new LocalSettings(
        Path.of(
            reader.text("executor.local.directory", common.stateDir().resolve("local").toString())),
        cluster,
        reader.text("executor.local.node", hostName()),
        capacity,
        memory(reader.text("executor.local.memory", "auto")),
        CapacityKeys.bytes(reader, "executor.local.logBytes", "16Mi"),
        reader.duration(
            "executor.local.keepFailed", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(365)),
        reader.integer("executor.local.keepFailedRuns", 100, 0, 100_000),
        stopAlone ? stopsAfter : Duration.ZERO,
        reader.duration(
            "executor.local.leaseGrace",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)),
        messages);
  }

  private static MemoryMode memory(String word) {
    try {
      return MemoryMode.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "setting executor.local.memory: '" + word + "'; allowed: auto, cgroup, sampled");
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "local";
    }
  }
}
