package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code faultline get runs JOB}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Shows the runs of a job, oldest first.")
final class RunsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String job;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  RunsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<JsonNode> runs =
        server.client(console).list("/jobs/" + RestClient.part(job) + "/runs", Integer.MAX_VALUE);
    new Output(console.out(), output.format()).list(runs, Listing.RUNS);
    return ExitCode.FINE.number();
  }
}
