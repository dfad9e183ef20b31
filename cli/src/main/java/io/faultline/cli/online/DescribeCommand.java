package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline describe KIND ID}: all that is known, and how it came about. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Describes a job, its runs, their evidence and decisions; a set and its generations; one failure; or decisions.")
public final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "job, set, failure or decision")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = "its id; of a decision the job's")
  private String id;

  @Option(
      names = "--run",
      paramLabel = "N",
      description = "of a decision: only about this run, from 0; all unless given")
  private Integer run;

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
      case "decision" -> decisions(client, answer);
      case "set" -> {
        JsonNode set = client.get("/sets/" + RestClient.part(id));
        answer.one(set, out -> new SetText(out).describe(set));
      }
      case "failure" -> {
        JsonNode failure = client.get("/failures/" + RestClient.part(id));
        answer.one(failure, out -> new Description(out).failure(failure));
      }
      default ->
          throw new CliException(
              ExitCode.BAD_INPUT,
              "unknown kind \"" + kind + "\"; allowed: job, set, failure, decision");
    }
    return ExitCode.FINE.number();
  }

  private void decisions(RestClient client, Output answer) {
    String path = "/jobs/" + RestClient.part(id) + "/decisions";
    List<JsonNode> all =
        client.list(path, Integer.MAX_VALUE).stream()
            .filter(decision -> run == null || decision.path("runIndex").asInt() == run)
            .toList();
    if (all.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "nothing was decided about job \"" + id + "\"" + (run == null ? "" : ", run " + run));
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    all.forEach(whole.putArray("items")::add);
    answer.one(whole, out -> explain(out, all));
  }

  private static void explain(PrintWriter out, List<JsonNode> decisions) {
    DecisionText text = new DecisionText(out);
    for (int i = 0; i < decisions.size(); i++) {
      if (i > 0) {
        out.println();
      }
      text.explain(decisions.get(i));
    }
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
