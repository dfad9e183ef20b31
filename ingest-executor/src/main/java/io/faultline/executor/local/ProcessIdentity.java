package io.faultline.executor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told from another that got the same number later: by when it started and, since that
 * is counted from the machine's start, by which start of the machine that was.
 *
 * @param pid its number
 * @param boot the id of the machine's start, or {@code -} where there is none
 * @param started when it started, as the system shows it
 */
record ProcessIdentity(long pid, String boot, String started) {

  /** No process: a marker with this says that there never will be one. */
  static final ProcessIdentity NOBODY = new ProcessIdentity(0, "-", "-");

  /** From a line {@code pid boot started}; empty where it is none. */
  static Optional<ProcessIdentity> parse(String line) {
    String[] words = line.split(" ", 3);
    try {
      return words.length == 3
          ? Optional.of(new ProcessIdentity(Long.parseLong(words[0]), words[1], words[2].strip()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  String line() {
    return pid + " " + boot + " " + started;
  }

  /** Whether this very process still runs; a zombie does not. */
  boolean alive() {
    if (pid <= 0) {
      return false;
    }
    if (boot.equals("-")) {
      return started.equals(startedOf(pid));
    }
    return boot.equals(bootId())
        && ProcessTable.stat(pid)
            .filter(s -> Long.toString(s.started()).equals(started) && s.running())
            .isPresent();
  }

  /** Ends it gracefully; nothing where it is gone. */
  void terminate() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Where there is no /proc. */
  private static String startedOf(long pid) {
    try {
      Process ps =
          new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
