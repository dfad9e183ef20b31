package io.faultline.executor.local;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How runs run on this machine.
 *
 * @param directory where runs have their folders; made where it is not there, used by one executor
 *     at a time
 * @param cluster the cluster's name in reports
 * @param node this machine's name in reports
 * @param capacity what all runs together may take
 * @param memory how memory limits are kept
 * @param logBytes how much of each container's log is kept, in bytes
 * @param keepFailed how long the folder of a failed run is kept after its report
 * @param keepFailedRuns how many of them at most
 * @param silence how long the executor may be unheard of before a run ends itself; zero is for ever
 * @param leaseGrace how long a run may take to end when nobody knows any more that it lives
 * @param messages how termination messages are cut
 */
public record LocalSettings(
    Path directory,
    String cluster,
    String node,
    Room capacity,
    MemoryMode memory,
    long logBytes,
    Duration keepFailed,
    int keepFailedRuns,
    Duration silence,
    Duration leaseGrace,
    MessageCut messages) {

  /** How memory limits are kept. */
  public enum MemoryMode {
    /** By control groups where they may be made, else by sampling. */
    AUTO,
    /** By control groups; nothing starts where they may not be made. */
    CGROUP,
    /** By looking at the processes, at most 50 ms apart. */
    SAMPLED
  }

  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._+,@%-]*");

  /** Makes the directory absolute. */
  public LocalSettings {
    directory = directory.toAbsolutePath().normalize();
  }

  /**
   * Whether the directory's name can stand in a script as it is. Where it can't, jobs find their
   * termination file by the environment alone.
   */
  boolean plainDirectory() {
    return PLAIN.matcher(directory.toString()).matches();
  }
}
