package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.EventTestReader;
import io.faultline.eventtest.RecordedStream;
import io.faultline.eventtest.TestJobsReader;
import io.faultline.eventtest.Verdict;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline test events}: whether jobs have the events that files expect of them. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Submits the jobs of test files and says whether their events are what the files expect.",
      "With --recorded no job is submitted: the events are those of a file.",
      "Exit code 0: all are; 1: some are not, or came too late; 2 to 4: a test could not be run."
    })
final class TestEventsCommand implements Callable<Integer> {

  private static final int MOST_AT_ONCE = 64;

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "SPEC",
      description = "test files, or folders of them; - is standard input")
  private List<String> specs;

  @Option(
      names = "--recorded",
      paramLabel = "FILE",
      description =
          "judges this stream: JSON lines, the first of which names the jobs; of several tests a"
              + " folder, with one NAME.jsonl for each NAME.yaml")
  private String recorded;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "keeps the events; of several tests in a folder, as --recorded reads them")
  private String record;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "tests at the same time (default: 8)")
  private int parallel;

  @Option(
      names = "--create-queues",
      description = "makes queues that are not there, with priority factor 1")
  private boolean createQueues;

  @Option(
      names = "--keep-jobs",
      description = "leaves jobs that have not ended with their test; else they are cancelled")
  private boolean keepJobs;

  @Mixin private JunitOption junit;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  TestEventsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> files = TestFiles.of(specs);
    refuseNonsense(files);
    RestClient client = recorded == null ? server.client(console) : null;
    List<EventTestOutcome> outcomes = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(recorded == null ? parallel : 1);
    try (TestProgress progress = new TestProgress(console.err(), files.size())) {
      List<CompletableFuture<EventTestOutcome>> running =
          files.stream()
              .map(
                  file ->
                      CompletableFuture.supplyAsync(
                          () -> outcome(client, file, files.size() > 1, progress), threads))
              .toList();
      for (CompletableFuture<EventTestOutcome> one : running) {
        outcomes.add(one.join());
        show(outcomes.get(outcomes.size() - 1));
      }
    } finally {
      threads.shutdownNow();
    }
    EventTestReport report = new EventTestReport(outcomes);
    junit.write("faultline test events", report.junit());
    summarize(report);
    return report.exitCode().number();
  }

  private void refuseNonsense(List<String> files) {
    if (parallel < 1 || parallel > MOST_AT_ONCE) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--parallel " + parallel + ": allowed is 1 to " + MOST_AT_ONCE);
    }
    if (record != null && recorded != null) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--record keeps what a server sends; with --recorded none is asked");
    }
    long fromStandardInput =
        files.stream().filter("-"::equals).count() + ("-".equals(recorded) ? 1 : 0);
    if (fromStandardInput > 1) {
      throw new CliException(ExitCode.BAD_INPUT, "only one of the files can be standard input");
    }
    List<String> names = files.stream().map(TestFiles::base).toList();
    if ((record != null || recorded != null) && names.stream().distinct().count() < names.size()) {
      throw new CliException(
          ExitCode.BAD_INPUT, "two tests have the same name, so their streams would, too");
    }
  }

  private EventTestOutcome outcome(
      RestClient client, String file, boolean many, TestProgress progress) {
    long begin = System.nanoTime();
    Verdict verdict = null;
    CliException error = null;
    try {
      YamlFile yaml = InputFile.read(console, file).yaml();
      EventTest test = EventTestReader.read(yaml);
      if (recorded != null) {
        verdict = judge(test, many ? stream(recorded, file) : recorded);
      } else {
        refuseDecisions(test);
        Path kept = record == null ? null : Path.of(many ? stream(record, file) : record);
        verdict =
            new LiveRun(
                    client,
                    test,
                    TestJobsReader.read(yaml, TestFiles.base(file)),
                    new LiveRun.Manner(createQueues, keepJobs))
                .run(kept, judge -> progress.judging(file, judge));
      }
    } catch (CliException e) {
      error = new CliException(e.exitCode(), named(file, e.getMessage()));
    } catch (RuleFileException e) {
      error = new CliException(ExitCode.BAD_INPUT, e.getMessage());
    } finally {
      progress.done(file);
    }
    return new EventTestOutcome(file, verdict, error, (System.nanoTime() - begin) / 1e9);
  }

  /** What a server says knows nothing of the file. */
  private static String named(String file, String message) {
    return message.startsWith(file) ? message : file + ": " + message;
  }

  private static void refuseDecisions(EventTest test) {
    if (test.asksForDecisions()) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "of a live decision only its policy is known; use --recorded for the others");
    }
  }

  private static String stream(String folder, String file) {
    return Path.of(folder, TestFiles.base(file) + ".jsonl").toString();
  }

  private Verdict judge(EventTest test, String stream) {
    String name = stream.equals("-") ? "(standard input)" : stream;
    try (BufferedReader lines = open(stream)) {
      return RecordedStream.judge(test, name, lines);
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.BAD_INPUT, stream + ": no such file");
    } catch (IOException | InvalidPathException e) {
      throw new CliException(ExitCode.BAD_INPUT, stream + ": " + e.getMessage());
    }
  }

  private BufferedReader open(String stream) throws IOException {
    return stream.equals("-")
        ? new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(stream));
  }

  /** People see each test as it ends; an error goes where errors go, whatever the format. */
  private void show(EventTestOutcome outcome) {
    if (outcome.error() != null) {
      console.err().println("faultline: " + outcome.error().getMessage());
      console.err().flush();
    } else if (forPeople()) {
      VerdictText.print(console.out(), outcome.name(), outcome.seconds(), outcome.verdict());
      console.out().flush();
    }
  }

  private boolean forPeople() {
    return output.format() == OutputFormat.TABLE || output.format() == OutputFormat.WIDE;
  }

  /** Of one test there is nothing to add for people, and nothing at all where it was not run. */
  private void summarize(EventTestReport report) {
    Output out = new Output(console.out(), output.format());
    if (report.outcomes().size() > 1) {
      out.one(report.json(), text -> text.println(report.line()));
    } else if (report.outcomes().get(0).error() == null) {
      out.one(report.outcomes().get(0).json(), text -> {});
    }
  }
}
