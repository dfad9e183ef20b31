package io.faultline.benchmarks.pods;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.executor.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The executor as a process of its own, so that its memory is its own. */
final class ExecutorProcess implements AutoCloseable {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final Path log;
  private final Process process;

  /**
   * Starts it.
   *
   * @param heapMib the most that its heap may take
   */
  ExecutorProcess(Path folder, int heapMib, Map<String, String> settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    log = folder.resolve("executor.log");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** Fails where it has ended by itself. */
  void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the executor has ended; its log: " + Files.readString(log));
    }
  }

  /**
   * What it takes now and has taken at most, in MiB; of its heap what is left after a collection.
   */
  ObjectNode memory() throws IOException, InterruptedException {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("rss", status("VmRSS"));
    json.put("mostRss", status("VmHWM"));
    Path jcmd = JAVA_HOME.resolve("bin/jcmd");
    if (Files.isExecutable(jcmd)) {
      json.put("heapAfterCollection", liveBytes(jcmd) >> 20);
    }
    return json;
  }

  private long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }

  private long liveBytes(Path jcmd) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(answer);
    return total.find() ? Long.parseLong(total.group(1)) : 0;
  }

  /** Ends it as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
