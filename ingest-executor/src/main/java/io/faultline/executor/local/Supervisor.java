package io.faultline.executor.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts supervisors. Starting one for a run that has one already is harmless: the second finds the
 * first one's marker and goes.
 */
final class Supervisor {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Launcher launcher;
  private final Path script;

  private Supervisor(Launcher launcher, Path script) {
    this.launcher = launcher;
    this.script = script;
  }

  /**
   * Puts the script into a folder, named by its content: a shell reads its script while it runs, so
   * one that is in use must never change.
   */
  static Supervisor in(Path folder, Launcher launcher) throws IOException {
    byte[] content;
    try (InputStream source = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      content = source.readAllBytes();
    }
    String name = "supervisor-" + Integer.toHexString(java.util.Arrays.hashCode(content)) + ".sh";
    Path script = folder.resolve(name);
    Path draft = folder.resolve(name + ".new");
    Files.write(draft, content);
    Files.move(draft, script, StandardCopyOption.ATOMIC_MOVE);
    return new Supervisor(launcher, script);
  }

  /**
   * Starts one and waits until it has begun, a few seconds at most.
   *
   * @return false where it went without having begun; its folder's {@code supervisor.log} may say
   *     why
   * @throws IOException where no process could be made
   */
  boolean start(RunFolder run) throws IOException {
    List<String> command = new ArrayList<>(launcher.session());
    command.addAll(List.of("sh", script.toString(), run.path().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(run.path().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(run.path().resolve("supervisor.log").toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    // bytes that are no UTF-8 must come through a shell as they are
    environment.put("LC_ALL", "C");
    environment.put("PATH", Launcher.searchPath());
    environment.put(RunFolder.MARK, run.path().toString());
    Process process = builder.start();
    long began = System.nanoTime();
    try {
      while (run.supervisor().isEmpty()) {
        if (!process.isAlive()) {
          return run.supervisor().isPresent();
        }
        if (System.nanoTime() - began > PATIENCE_NANOS) {
          return true; // slow, not gone; whoever watches the run sees what becomes of it
        }
        Thread.sleep(2);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** What a supervisor that went at once had to say. */
  static String lastWords(RunFolder run) {
    try {
      byte[] log = Files.readAllBytes(run.path().resolve("supervisor.log"));
      String text = new String(log, StandardCharsets.UTF_8).strip();
      return text.length() > 500 ? text.substring(text.length() - 500) : text;
    } catch (IOException e) {
      return "";
    }
  }
}
