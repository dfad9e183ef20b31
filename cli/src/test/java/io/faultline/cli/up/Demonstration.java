package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.FaultlineCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts that show something, as a user runs them beside {@code up}. */
final class Demonstration {

  private final Path folder;

  Demonstration(Path folder) {
    this.folder = folder;
  }

  /** How it ended, and what it printed. */
  record Outcome(int code, String said) {}

  /** Runs one to its end. */
  Outcome of(Path script, String... steps) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(steps));
    Path output = Files.createTempFile(folder, "demo", ".out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FAULTLINE", command().toString());
    builder.environment().put("FAULTLINE_CONFIG", folder.resolve("client.properties").toString());
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroy();
    assertThat(ended).as(() -> "it has ended: " + said(output)).isTrue();
    return new Outcome(process.exitValue(), said(output));
  }

  private static String said(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command of this build, which builds nothing. */
  private Path command() throws IOException {
    Path script = folder.resolve("faultline");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target", "faultline", "faultline-command.jar").toAbsolutePath(),
                FaultlineCommand.class.getName()));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
