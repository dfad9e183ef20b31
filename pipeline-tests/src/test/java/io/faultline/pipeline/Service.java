package io.faultline.pipeline;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service as a process of its own, which can be stopped in its tracks, killed and started. */
final class Service implements AutoCloseable {

  private final String name;
  private final List<String> command;
  private final File log;
  private Process process;

  Service(String name, String mainClass, int heapMib, Map<String, String> settings) {
    this.name = name;
    this.log = new File("target", name + ".log");
    this.command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                // where a killed one leaves its libraries
                "-Djava.io.tmpdir=" + log.getAbsoluteFile().getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
  }

  String name() {
    return name;
  }

  void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it runs; a service that ended by itself fails the test. */
  boolean alive() {
    return process != null && process.isAlive();
  }

  /** SIGSTOP: it does nothing until {@link #proceed}. */
  void freeze() {
    signal("-STOP");
  }

  /** SIGCONT. */
  void proceed() {
    signal("-CONT");
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " can't be killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
