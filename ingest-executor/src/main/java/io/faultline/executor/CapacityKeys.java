package io.faultline.executor;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.domain.resources.Quantity;
import io.faultline.executor.cluster.Room;
import java.lang.management.ManagementFactory;

/**
 * The settings that say what all runs together may take. On this machine that is bounded by what it
 * has; how large a cluster is, only its scheduler knows.
 */
final class CapacityKeys {

  private static final String CPU = "executor.cpu";
  private static final String MEMORY = "executor.memory";
  private static final String UNLIMITED = "unlimited";
  private static final String OR_UNLIMITED = UNLIMITED + ", or ";

  private CapacityKeys() {}

  static Room read(SettingsReader reader, boolean kubernetes) {
    String cpu = Integer.toString(Runtime.getRuntime().availableProcessors());
    String memory = Quantity.ofBytes(machineMemory() / 4 * 3).toString();
    return new Room(
        reader.integer("executor.maxRuns", kubernetes ? 1000 : 20, 1, 100_000),
        milliCpu(reader.text(CPU, kubernetes ? UNLIMITED : cpu)),
        memory(reader.text(MEMORY, kubernetes ? UNLIMITED : memory)));
  }

  private static long milliCpu(String text) {
    return text.equals(UNLIMITED)
        ? Long.MAX_VALUE
        : new Quantity(quantity(CPU, text, OR_UNLIMITED).value().movePointRight(3)).bytes();
  }

  private static long memory(String text) {
    return text.equals(UNLIMITED) ? Long.MAX_VALUE : quantity(MEMORY, text, OR_UNLIMITED).bytes();
  }

  /** An amount of bytes, as Kubernetes writes it. */
  static long bytes(SettingsReader reader, String key, String fallback) {
    return quantity(key, reader.text(key, fallback), "").bytes();
  }

  private static Quantity quantity(String key, String text, String alsoAllowed) {
    return Quantity.parse(text)
        .orElseThrow(
            () ->
                new SettingsException(
                    "setting "
                        + key
                        + ": '"
                        + text
                        + "'; allowed: "
                        + alsoAllowed
                        + Quantity.ALLOWED));
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 4L << 30;
  }
}
