package io.faultline.cli.up;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.FaultlineCommand;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code faultline up} in a process of its own, and the command as a user types it beside it. */
final class UpProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Path output;
  private final Path client;
  private final Map<String, String> environment;

  /** Starts it on a folder, with further options, and returns when it says that it is up. */
  UpProcess(Path folder, String... options) throws IOException {
    output = Files.createTempFile(folder, "up", ".out");
    client = folder.resolve("client.properties");
    environment = Map.of("FAULTLINE_CONFIG", client.toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder, // where a killed one leaves its libraries
                "-cp",
                // as the script at the root of the checkout runs it
                Path.of("target", "faultline", "faultline-command.jar").toString(),
                FaultlineCommand.class.getName(),
                "up",
                "--data",
                folder.resolve("data").toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    await("up is up: " + output)
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("up has ended:\n" + said());
              }
              return said().contains("Faultline is up");
            });
  }

  /** What it has printed. */
  String said() throws IOException {
    return Files.readString(output);
  }

  /** The address of a part, as the file says that it writes for commands and subscribers. */
  String address(String part) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(client)));
    return properties.getProperty(part);
  }

  /** kill -9, as a crash would end it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as Ctrl-C does. */
  @Override
  public void close() {
    process.destroy();
    try {
      await("up has ended").atMost(PATIENCE).until(() -> !process.isAlive());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Its process and all that come from it. */
  List<ProcessHandle> family() {
    return process.descendants().toList();
  }

  /** A command with JSON as its answer; must end well. */
  JsonNode ask(String... args) throws IOException {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-o";
    all[args.length + 1] = "json";
    return JSON.readTree(run(all));
  }

  /** A command; must end well. What it printed. */
  String run(String... args) {
    Ran ran = ran(args);
    if (ran.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", args) + ": " + ran.code() + ": " + ran.err());
    }
    return ran.out();
  }

  /** A command, however it ends. */
  Ran ran(String... args) {
    return Ran.with("", environment, args);
  }

  /** Submits a job that runs a script, and returns its id. */
  String submit(Path folder, String queue, String script) throws IOException {
    Path file = Files.createTempFile(folder, "job", ".yaml");
    Files.writeString(
        file,
        """
        queue: %s
        jobSetId: test
        jobs:
          - namespace: default
            podSpec:
              restartPolicy: Never
              containers:
                - name: main
                  image: "test:1"
                  command: [sh, -c, %s]
                  resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 10m, memory: 16Mi}}
        """
            .formatted(queue, JSON.writeValueAsString(script)));
    return ask("submit", "-f", file.toString()).findValue("jobId").asText();
  }

  /** Waits until a job is in a state. */
  void awaitState(String job, String... states) {
    await("job " + job + " is " + String.join(" or ", states))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> List.of(states).contains(ask("get", "job", job).findValue("state").asText()));
  }
}
