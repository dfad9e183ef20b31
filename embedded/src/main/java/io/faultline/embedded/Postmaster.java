package io.faultline.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process on a data folder, found by the {@code postmaster.pid} that it keeps there. It
 * is no child of ours (pg_ctl detaches it), and it outlives a killed JVM.
 */
final class Postmaster {

  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration FAST = Duration.ofSeconds(20);
  private static final Duration IMMEDIATE = Duration.ofSeconds(5);

  /** Reads until the JVM at the other end of the pipe is gone, then stops the server. */
  private static final String WATCH =
      "trap '' INT TERM HUP; while read -r _; do :; done;"
          + " [ \"$(head -n 1 \"$1\" 2>/dev/null)\" = \"$2\" ] && kill -INT \"$2\"";

  private Postmaster() {}

  /** The live server on this folder. A pid that by now belongs to another process is none. */
  static Optional<ProcessHandle> on(Path data) {
    return pid(data)
        .flatMap(ProcessHandle::of)
        .filter(ProcessMark::lives)
        .filter(p -> isServerOn(p, data));
  }

  /** Stops a server that a killed JVM left on this folder. */
  static void stopLeftOver(Path data) {
    on(data)
        .ifPresent(
            p ->
                log.atWarn()
                    .setMessage("a server of an earlier run is still on this folder, stopping it")
                    .addKeyValue("pid", p.pid())
                    .addKeyValue("folder", data)
                    .log());
    stop(data);
  }

  /**
   * Stops the server on this folder: cleanly (SIGINT, open connections are cut), at once (SIGQUIT,
   * the next start recovers) where that takes too long, by force at last.
   */
  static void stop(Path data) {
    Optional<ProcessHandle> server = on(data);
    if (server.isEmpty()) {
      return;
    }
    ProcessHandle process = server.get();
    ProcessMark.signal(process.pid(), "INT");
    if (ProcessMark.awaitEnd(process, FAST)) {
      return;
    }
    ProcessMark.signal(process.pid(), "QUIT");
    if (!ProcessMark.awaitEnd(process, IMMEDIATE)) {
      process.destroyForcibly();
      ProcessMark.awaitEnd(process, IMMEDIATE);
    }
  }

  /** A small shell that stops the server on this folder when this JVM ends, however it ends. */
  static Process watch(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    long pid = pid(data).orElseThrow(() -> new IOException("the server has not written " + file));
    return new ProcessBuilder(
            List.of("sh", "-c", WATCH, "faultline-watch", file.toString(), Long.toString(pid)))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Optional<Long> pid(Path data) {
    try {
      return Optional.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
      return Optional.empty();
    }
  }

  private static boolean isServerOn(ProcessHandle process, Path data) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains(data.toString());
  }
}
