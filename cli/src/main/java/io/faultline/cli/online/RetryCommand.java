package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code faultline retry job ID}: starts runs that wait for their time at once. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Starts the next run of a job at once that waits for it: retry job ID….")
final class RetryCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "job")
  private String kind;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "the jobs")
  private List<String> ids;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  RetryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Kinds.only(kind, "job");
    RestClient client = server.client(console);
    List<JsonNode> asked = new ArrayList<>();
    for (String id : ids) {
      asked.add(client.ask(c -> c.jobs().retry(id)).json());
    }
    new Output(console.out(), output.format())
        .list(asked, Columns.none().add("JOB", "jobId").add("STATE BEFORE", "state"));
    return ExitCode.FINE.number();
  }
}
