package io.faultline.executor;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.resources.Quantity;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.local.LocalSettings;
import io.faultline.executor.local.LocalSettings.MemoryMode;
import java.lang.management.ManagementFactory;
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
 * @param local how runs run on this machine
 */
public record ExecutorSettings(
    CommonSettings common,
    String id,
    Duration heartbeatInterval,
    Duration stopsAfter,
    Duration transactionTimeout,
    boolean stopRunsOnClose,
    LocalSettings local) {

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
    ExecutorSettings settings =
        new ExecutorSettings(
            common,
            reader.text("executor.id", common.instanceId()),
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
            local(reader, common, stopsAfter));
    boolean local = reader.bool("executor.local.enabled", false);
    reader.refuseUnknown();
    if (!local) {
      throw new SettingsException(
          "setting executor.local.enabled: false, and there is no other cluster to run on; allowed:"
              + " true, which lets jobs run as processes of this user on this machine");
    }
    return settings;
  }

  private static LocalSettings local(
      SettingsReader reader, CommonSettings common, Duration stopsAfter) {
    int processors = Runtime.getRuntime().availableProcessors();
    Room capacity =
        new Room(
            reader.integer("executor.maxRuns", 20, 1, 10_000),
            milliCpu(reader, Integer.toString(processors)),
            bytes(reader, "executor.memory", Quantity.ofBytes(machineMemory() / 4 * 3).toString()));
    boolean stopAlone = reader.bool("executor.local.stopWithoutExecutor", true);
    return new LocalSettings(
        Path.of(
            reader.text("executor.local.directory", common.stateDir().resolve("local").toString())),
        reader.text("executor.cluster", "local"),
        reader.text("executor.local.node", hostName()),
        capacity,
        memory(reader.text("executor.local.memory", "auto")),
        bytes(reader, "executor.local.logBytes", "16Mi"),
        reader.duration(
            "executor.local.keepFailed", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(365)),
        reader.integer("executor.local.keepFailedRuns", 100, 0, 100_000),
        stopAlone ? stopsAfter : Duration.ZERO,
        reader.duration(
            "executor.local.leaseGrace",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)),
        new MessageCut(reader.integer("executor.terminationMessageBytes", 4096, 64, 1 << 15)));
  }

  private static long milliCpu(SettingsReader reader, String fallback) {
    Quantity cpu = quantity("executor.cpu", reader.text("executor.cpu", fallback));
    return new Quantity(cpu.value().movePointRight(3)).bytes();
  }

  private static long bytes(SettingsReader reader, String key, String fallback) {
    return quantity(key, reader.text(key, fallback)).bytes();
  }

  private static Quantity quantity(String key, String text) {
    return Quantity.parse(text)
        .orElseThrow(
            () ->
                new SettingsException(
                    "setting " + key + ": '" + text + "'; allowed: " + Quantity.ALLOWED));
  }

  private static MemoryMode memory(String word) {
    try {
      return MemoryMode.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "setting executor.local.memory: '" + word + "'; allowed: auto, cgroup, sampled");
    }
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 4L << 30;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "local";
    }
  }
}
