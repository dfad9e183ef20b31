package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.JobCalls;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.jobset.JobSetReader;
import io.faultline.rules.jobset.JobSetSubmission;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline submit -f}: submits job files and JobSets, each document once. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description =
        "Submits the jobs of job files, and JobSets by their manifests. Where the answer is lost, it asks again under the same key, so that nothing is submitted twice.")
public final class SubmitCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "job files and manifests of JobSets; - is standard input")
  private List<String> files;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "submits nothing again that was submitted under this key; for one document")
  private String key;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      description = "the queue of JobSets, whatever their manifests say")
  private String queue;

  @Option(
      names = "--job-set",
      paramLabel = "SET",
      description = "the job set of JobSets, whatever their manifests say")
  private String jobSet;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  public SubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<YamlNode> documents = new ArrayList<>();
    for (String path : files) {
      InputFile file = InputFile.read(console, path);
      List<YamlNode> written = file.yaml().documents().stream().filter(d -> !d.isNull()).toList();
      if (written.isEmpty()) {
        throw new CliException(ExitCode.BAD_INPUT, file.name() + ": the file is empty");
      }
      documents.addAll(written);
    }
    documents.forEach(this::check);
    if (key != null && documents.size() > 1) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "--idempotency-key is for one document, and here are " + documents.size());
    }
    RestClient client = server.client(console);
    List<JsonNode> submitted = new ArrayList<>();
    for (YamlNode document : documents) {
      String once = key != null ? key : UUID.randomUUID().toString();
      JsonNode json = YamlJson.of(document);
      if (isJobSet(document)) {
        submitted.add(JobCalls.submitSet(client, json, queue, jobSet, once));
      } else {
        submitted.addAll(JobCalls.submit(client, json, once));
      }
    }
    new Output(console.out(), output.format()).list(submitted, columns(documents));
    return ExitCode.FINE.number();
  }

  private void check(YamlNode document) {
    if (isJobSet(document)) {
      JobSetSubmission.read(document, Optional.ofNullable(queue), Optional.ofNullable(jobSet));
      return;
    }
    if (queue != null || jobSet != null) {
      throw document.problem("--queue and --job-set are for JobSets; a job file names its own");
    }
    JobFile.read(document);
  }

  private static boolean isJobSet(YamlNode document) {
    return document.type() == YamlNode.Type.MAP
        && document
            .looseMap()
            .find("kind")
            .filter(kind -> kind.type() == YamlNode.Type.TEXT)
            .map(kind -> kind.text().equals(JobSetReader.KIND))
            .orElse(false);
  }

  private static Columns columns(List<YamlNode> documents) {
    Columns columns = Columns.none();
    if (documents.stream().anyMatch(SubmitCommand::isJobSet)) {
      columns = columns.add("SET", "setId").add("NAME", "name").add("JOBS", "jobs");
    }
    return documents.stream().allMatch(SubmitCommand::isJobSet)
        ? columns
        : columns.add("JOB", "jobId").add("CLIENT ID", "clientId");
  }
}
