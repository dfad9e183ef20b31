package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --junit}, alike in all commands that test. */
final class JunitOption {
  @Option(names = "--junit", paramLabel = "FILE", description = "writes a report as JUnit XML")
  private String file;

  /**
   * Writes the report of a suite, where one is asked for.
   *
   * @throws CliException where it can't be written
   */
  void write(String suite, List<JunitReport.Case> cases) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(Path.of(file), JunitReport.of(suite, cases));
    } catch (IOException | InvalidPathException e) {
      throw new CliException(ExitCode.BAD_INPUT, "--junit " + file + ": " + e.getMessage());
    }
  }
}
