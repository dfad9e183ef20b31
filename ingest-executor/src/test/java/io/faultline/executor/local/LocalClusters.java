package io.faultline.executor.local;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.local.LocalSettings.MemoryMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** Local clusters for tests. */
final class LocalClusters {

  static final String NODE = "here";

  private LocalClusters() {}

  static LocalSettings settings(Path directory) {
    return settings(directory, MemoryMode.AUTO);
  }

  static LocalSettings settings(Path directory, MemoryMode memory) {
    return new LocalSettings(
        directory,
        "local",
        NODE,
        new Room(100, 100_000, 100L << 30),
        memory,
        1 << 20,
        Duration.ofHours(1),
        100,
        Duration.ZERO,
        Duration.ofSeconds(5),
        MessageCut.STANDARD);
  }

  /** Skips a test that needs control groups where they may not be made. */
  static void assumeControlGroups() {
    Assumptions.assumeTrue(
        ControlGroups.detect("probe-" + ProcessHandle.current().pid())
            .map(
                groups -> {
                  groups.close();
                  return true;
                })
            .orElse(false),
        "no control groups may be made here");
  }
}
