package io.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What test runs share, and what they leave behind: nothing. Each runs in a JVM of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EmbeddedSystemIT {

  @TempDir Path temporary;

  @Test
  void classesSideBySideShareOneSystemWhichGoesWithTheLast() throws Exception {
    List<String> said =
        all(start(Map.of(), Samples.WhereTheEnvironmentSays.class, Samples.Embedded.class));
    assertThat(said)
        .contains("ends(Faultline) SUCCESSFUL ", "fails(Faultline) SUCCESSFUL ")
        .contains("isLeft() SUCCESSFUL ", "all have ended")
        .noneMatch(line -> line.contains("FAILED"));
    assertThat(said.stream().filter(line -> line.startsWith("on ")).toList())
        .hasSize(3)
        .containsOnly(said.stream().filter(line -> line.startsWith("on ")).findFirst().get());
    assertNothingIsLeft();
  }

  @Test
  void aRunThatIsToldToEndLeavesNothing() throws Exception {
    Process run = start(Map.of(), Samples.Endless.class);
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      assertThat(until(out, "on ")).last().asString().startsWith("on ");
      assertThat(processes()).isNotEmpty();
      run.destroy();
      assertThat(run.waitFor()).isEqualTo(128 + 15);
    }
    assertNothingIsLeft();
  }

  @Test
  @ExtendWith(FaultlineExtension.class)
  void anInstallationIsUsedByItsAddress(Faultline installation) throws Exception {
    List<String> said =
        all(
            start(
                Map.of(
                    "FAULTLINE_SERVER", installation.serverUrl(),
                    "FAULTLINE_TOKEN", installation.token()),
                Samples.WhereTheEnvironmentSays.class));
    assertThat(said)
        .contains("ends(Faultline) SUCCESSFUL ", "fails(Faultline) SUCCESSFUL ")
        .contains("on " + installation.serverUrl());
    assertNothingIsLeft();
  }

  private Process start(Map<String, String> environment, Class<?>... classes) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                SampleRun.class.getName()));
    Stream.of(classes).map(Class::getName).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT).environment().putAll(environment);
    return builder.start();
  }

  /** All that a run prints until it ends well. */
  private static List<String> all(Process run) throws Exception {
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = until(out, null);
      assertThat(run.waitFor()).as("%s", said).isZero();
      return said;
    } finally {
      run.destroyForcibly();
    }
  }

  /** What is printed up to a line that starts so; all of it where null. */
  private static List<String> until(BufferedReader out, String start) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (start != null && line.startsWith(start)) {
        break;
      }
    }
    return said;
  }

  private void assertNothingIsLeft() {
    // those that were killed may take a moment to be gone
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(processes()).isEmpty();
              assertThat(files()).isEmpty();
            });
  }

  /** PostgreSQL's binaries are kept for later runs there, where the build's folder is read-only. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(f -> !f.getFileName().toString().startsWith("faultline-parts-")).toList();
    }
  }

  /** Command lines that name something in the run's temporary folder. */
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(temporary.toString()))
        .toList();
  }
}
