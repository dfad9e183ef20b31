package io.faultline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process as it is written to disk, to be known again by a later JVM: a pid alone may belong to
 * another process by then, a pid with its start time does not.
 *
 * @param pid its process id
 * @param startedAt when it was started, as the system tells
 */
record ProcessMark(long pid, Instant startedAt) {

  private static final long LOOK_EVERY_MILLIS = 20;

  static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  void write(Path file) {
    try {
      Files.writeString(file, pid + " " + startedAt.toEpochMilli() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** The mark in a file; empty where there is none, or half of one. */
  static Optional<ProcessMark> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ");
      return Optional.of(
          new ProcessMark(
              Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException none) {
      return Optional.empty();
    }
  }

  /** The process, where it still lives. */
  Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessMark::lives)
        .filter(
            p ->
                p.info()
                    .startInstant()
                    .map(t -> Duration.between(t, startedAt).abs().toMillis() < 2_000)
                    .orElse(false));
  }

  /**
   * Sends a signal by its name, for example INT; Java itself knows only TERM and KILL. A process
   * that is gone is fine.
   */
  static void signal(long pid, String name) {
    try {
      Process kill =
          new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of our own child; false where it lives on after that time. */
  static boolean awaitEnd(Process child, Duration atMost) {
    try {
      return child.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !child.isAlive();
    }
  }

  /** Waits for the end of a process that is no child of ours; false where it lives on. */
  static boolean awaitEnd(ProcessHandle process, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (lives(process)) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it runs. A zombie has ended: where nobody collects orphans (a container without an
   * init) it stays for ever. But its first thread is one before the others are gone, and until then
   * they hold its files and ports.
   */
  static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
      String stat = Files.readString(proc.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z' || threads.count() > 1;
    } catch (IOException | StringIndexOutOfBoundsException noSuchFileHere) {
      return process.isAlive();
    }
  }
}
