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
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline submit -f}: submits the jobs of job files, each file once. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description =
        "Submits the jobs of job files. Where the answer is lost, it asks again under the same key, so that nothing is submitted twice.")
public final class SubmitCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "job files; - is standard input")
  private List<String> files;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "submits nothing again that was submitted under this key; for one document")
  private String key;

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
    documents.forEach(JobFile::read);
    if (key != null && documents.size() > 1) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "--idempotency-key is for one document, and here are " + documents.size());
    }
    RestClient client = server.client(console);
    List<JsonNode> jobs = new ArrayList<>();
    for (YamlNode document : documents) {
      String once = key != null ? key : UUID.randomUUID().toString();
      jobs.addAll(JobCalls.submit(client, YamlJson.of(document), once));
    }
    new Output(console.out(), output.format())
        .list(jobs, Columns.none().add("JOB", "jobId").add("CLIENT ID", "clientId"));
    return ExitCode.FINE.number();
  }
}
