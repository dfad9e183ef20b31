package io.faultline.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs a main class of the tests, to be killed. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  ChildJvm(Class<?> main, Object... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The rest of the next line that starts so; what comes between is passed over. */
  String awaitLine(String start) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(start)) {
          return line.substring(start.length()).strip();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the child JVM ended without a line that starts with " + start);
  }

  void kill() {
    process.destroyForcibly();
    ProcessMark.awaitEnd(process, Duration.ofSeconds(10));
  }

  /** Kills what it started directly as well, watchers for example, and these first. */
  void killWithItsChildren() {
    process.toHandle().children().forEach(ProcessHandle::destroyForcibly);
    kill();
  }

  @Override
  public void close() {
    kill();
  }
}
