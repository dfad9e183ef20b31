package io.faultline.cli.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.group.GroupAnswer;
import io.faultline.rules.group.GroupFile;
import io.faultline.rules.group.GroupFileReader;
import io.faultline.rules.yaml.YamlNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a failure policy decides about a set of which jobs failed. */
final class SetDecision {

  /** Of longer lists people see the beginning; JSON has all. */
  private static final int MOST_NAMES = 10;

  private final Console console;
  private final OutputFormat format;

  SetDecision(Console console, OutputFormat format) {
    this.console = console;
    this.format = format;
  }

  int decide(String policyFile, String groupFile) {
    if (policyFile.equals("-") && groupFile.equals("-")) {
      throw new CliException(
          ExitCode.BAD_INPUT, "only one of --failure-policy and --group can be standard input");
    }
    YamlNode written = InputFile.read(console, policyFile).yaml().single();
    YamlNode document = InputFile.read(console, groupFile).yaml().single();
    GroupFile group = GroupFileReader.read(document);
    Optional<FailurePolicy> policy = FailurePolicyReader.document(written, group.shape());
    policy.ifPresent(each -> GroupFileReader.refuseUnindexed(document, group, each));
    ObjectNode answer = GroupAnswer.of(policy, group);
    new Output(console.out(), format).one(answer, out -> print(out, answer));
    return ExitCode.FINE.number();
  }

  private static void print(PrintWriter out, ObjectNode answer) {
    String outcome = Cells.at(answer, "outcome");
    if (outcome.equals(GroupAnswer.NOTHING)) {
      out.println("Decision:    nothing to decide");
      out.println("Why:         " + Cells.at(answer, "message"));
      line(out, "Late:        ", names(answer.get("late")));
      return;
    }
    out.println("Decision:    " + sentence(answer) + " (" + Cells.at(answer, "reason") + ")");
    out.println("Why:         " + Cells.line(Cells.at(answer, "message"), 0));
    out.println("Rule:        " + rule(answer));
    out.println("To blame:    " + name(answer));
    line(out, "Collateral:  ", names(answer.get("collateral")));
    out.println("Restarts:    " + restarts(answer.get("status")));
    line(out, "Decided at:  ", Cells.at(answer, "decidedAt"));
    line(out, "Came after:  ", names(answer.get("notWeighed")));
    line(out, "Late:        ", names(answer.get("late")));
    answer
        .get("then")
        .forEach(
            next ->
                out.println(
                    "Then:        "
                        + sentence(next)
                        + " ("
                        + Cells.at(next, "reason")
                        + "), "
                        + name(next)));
    out.println();
    RetryDecisionText.trace(out, answer);
  }

  private static String sentence(JsonNode decision) {
    return switch (Cells.at(decision, "outcome")) {
      case "restartAll" -> "the whole set starts again" + counts(decision);
      case "restartOne" -> name(decision) + " alone starts again" + counts(decision);
      case "failOne" -> name(decision) + " has failed for good, the others run on";
      default -> "the set fails";
    };
  }

  private static String counts(JsonNode decision) {
    return decision.path("countsTowardMax").asBoolean()
        ? ", which counts"
        : ", which does not count";
  }

  private static String rule(JsonNode decision) {
    return decision.path("rule").isNull()
        ? "none"
        : Cells.at(decision, "ruleName") + ": " + Cells.at(decision, "action");
  }

  private static String name(JsonNode decision) {
    return Cells.line(Cells.at(decision, "matchedJob"), 0);
  }

  private static String restarts(JsonNode status) {
    long ofJobs = 0;
    long counted = 0;
    for (JsonNode job : status.path("replicatedJobsStatus")) {
      ofJobs += sum(job.path("jobRestarts"));
      counted += sum(job.path("jobRestartsCountTowardsMax"));
    }
    return "%s of the set (%s count), %d of single jobs (%d count)"
        .formatted(
            Cells.at(status, "restarts"),
            Cells.at(status, "restartsCountTowardsMax"),
            ofJobs,
            counted);
  }

  private static long sum(JsonNode numbers) {
    long sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asLong();
    }
    return sum;
  }

  private static String names(JsonNode names) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), MOST_NAMES); i++) {
      shown.add(Cells.line(names.get(i).asText(), 0));
    }
    int more = names.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  private static void line(PrintWriter out, String title, String text) {
    if (!text.isEmpty()) {
      out.println(title + text);
    }
  }
}
