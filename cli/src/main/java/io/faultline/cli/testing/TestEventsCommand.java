package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.EventTestReader;
import io.faultline.eventtest.RecordedStream;
import io.faultline.eventtest.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline test events}: whether a recorded stream of events is what a file expects. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the events of a recorded stream are what a file expects of each job.",
      "Exit code 0: they are; 1: they are not, or the stream ends too early."
    })
final class TestEventsCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "SPEC",
      description = "the file with expectedEvents; - is standard input")
  private String spec;

  @Option(
      names = "--recorded",
      required = true,
      paramLabel = "FILE",
      description = "the events, as JSON lines; the first line names the jobs")
  private String recorded;

  @Option(names = "--junit", paramLabel = "FILE", description = "writes a report as JUnit XML")
  private String junit;

  @Mixin private OutputOption output;

  TestEventsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (spec.equals("-") && recorded.equals("-")) {
      throw new CliException(
          ExitCode.BAD_INPUT, "only one of SPEC and --recorded can be standard input");
    }
    EventTest test = EventTestReader.read(InputFile.read(console, spec).yaml());
    Verdict verdict = judge(test);
    if (junit != null) {
      write(JunitReport.of(spec, verdict));
    }
    new Output(console.out(), output.format())
        .one(VerdictJson.of(verdict), out -> VerdictText.print(out, spec, verdict));
    return verdict.result() == Verdict.Result.PASS ? ExitCode.FINE.number() : ExitCode.NO.number();
  }

  private Verdict judge(EventTest test) {
    String name = recorded.equals("-") ? "(standard input)" : recorded;
    try (BufferedReader lines = open()) {
      return RecordedStream.judge(test, name, lines);
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.BAD_INPUT, recorded + ": no such file");
    } catch (IOException | InvalidPathException e) {
      throw new CliException(ExitCode.BAD_INPUT, recorded + ": " + e.getMessage());
    }
  }

  private BufferedReader open() throws IOException {
    return recorded.equals("-")
        ? new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(recorded));
  }

  private void write(String report) {
    try {
      Files.writeString(Path.of(junit), report);
    } catch (IOException | InvalidPathException e) {
      throw new CliException(ExitCode.BAD_INPUT, "--junit " + junit + ": " + e.getMessage());
    }
  }
}
