package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
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

/** {@code faultline describe job ID}: runs, evidence, decisions and how they came about. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Describes a job, its runs, their evidence and decisions; or one failure.")
public final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "job or failure")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = "its id")
  private String id;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  public DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Output answer = new Output(console.out(), output.format());
    RestClient client = server.client(console);
    switch (kind) {
      case "job" -> job(client, answer);
      case "failure" -> {
        JsonNode failure = client.get("/failures/" + RestClient.part(id));
        answer.one(failure, out -> new Description(out).failure(failure));
      }
      default ->
          throw new CliException(
              ExitCode.BAD_INPUT, "unknown kind \"" + kind + "\"; allowed: job, failure");
    }
    return ExitCode.FINE.number();
  }

  private void job(RestClient client, Output answer) {
    String path = "/jobs/" + RestClient.part(id);
    ObjectNode job = (ObjectNode) client.get(path);
    List<JsonNode> failures = new ArrayList<>();
    for (JsonNode failure : client.list(path + "/failures", Integer.MAX_VALUE)) {
      // a list leaves the evidence out
      failures.add(
          failure.has("evidence")
              ? failure
              : client.get("/failures/" + RestClient.part(failure.path("failureId").asText())));
    }
    List<JsonNode> decisions = client.list(path + "/decisions", Integer.MAX_VALUE);
    ObjectNode whole = job.deepCopy();
    ArrayNode allFailures = whole.putArray("failures");
    failures.forEach(allFailures::add);
    ArrayNode allDecisions = whole.putArray("decisions");
    decisions.forEach(allDecisions::add);
    answer.one(whole, out -> new Description(out).job(job, failures, decisions));
  }
}
