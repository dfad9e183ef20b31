package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.JobCalls;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline cancel set}: ends gangs and JobSets by their ids. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Ends sets, which are gangs and JobSets, by their ids.")
final class CancelSetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "the sets")
  private List<String> sets;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept with their jobs")
  private String reason;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  CancelSetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RestClient client = server.client(console);
    List<JsonNode> asked = new ArrayList<>();
    for (String id : sets) {
      asked.add(JobCalls.cancelSet(client, id, reason));
    }
    new Output(console.out(), output.format())
        .list(asked, Columns.none().add("SET", "setId").add("STATE BEFORE", "state"));
    return ExitCode.FINE.number();
  }
}
