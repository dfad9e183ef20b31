package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
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

/** {@code faultline cancel}: ends jobs, by id or a whole job set. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description =
        "Ends jobs: cancel ID…, or cancel --queue QUEUE --job-set SET. A set ends as a whole: cancel set ID…, or one of its jobs.")
public final class CancelCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "the jobs")
  private List<String> jobs = List.of();

  @Option(names = "--queue", paramLabel = "QUEUE", description = "the queue of the set")
  private String queue;

  @Option(names = "--job-set", paramLabel = "SET", description = "every job of this set")
  private String jobSet;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the job")
  private String reason;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  public CancelCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean set = queue != null && jobSet != null;
    if ((queue == null) != (jobSet == null) || set == !jobs.isEmpty()) {
      throw new CliException(
          ExitCode.BAD_INPUT, "job ids are expected, or both --queue and --job-set");
    }
    RestClient client = server.client(console);
    List<JsonNode> asked = new ArrayList<>();
    if (set) {
      asked.addAll(JobCalls.cancelSet(client, queue, jobSet, reason));
    }
    for (String id : jobs) {
      asked.add(JobCalls.cancel(client, id, reason));
    }
    new Output(console.out(), output.format())
        .list(asked, Columns.none().add("JOB", "jobId").add("STATE BEFORE", "state"));
    return ExitCode.FINE.number();
  }
}
