package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.output.Cells;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Describes jobs and failures for people, with all that is known. */
final class Description {
  private final PrintWriter out;

  Description(PrintWriter out) {
    this.out = out;
  }

  /**
   * A job with its runs; each run's failures and decisions stand with it.
   *
   * @param failures of the job, oldest first
   * @param decisions of the job, oldest first
   */
  void job(JsonNode job, List<JsonNode> failures, List<JsonNode> decisions) {
    line("Job", job, "jobId");
    line("Queue", job, "queue");
    line("Job set", job, "jobSet");
    line("Gang", job, "gangId");
    line("Set", job, "setId");
    line("Client id", job, "clientId");
    line("Owner", job, "owner");
    line("State", job, "state");
    line("Next try", job, "retryAt");
    line("Submitted", job, "submittedAt");
    line("Ended", job, "endedAt");
    line("Reason", job, "reason");
    line("Policy", job, "policy");
    line("Cancelled by", job, "cancelledBy");
    line("Cancelled for", job, "cancelReason");
    failureInfo(job.path("failureInfo"));
    block("", Cells.at(job, "message"));
    for (JsonNode run : job.path("runs")) {
      run(run);
      ofRun(failures, run).forEach(this::failureOfRun);
      ofRun(decisions, run).forEach(this::decision);
    }
  }

  private static List<JsonNode> ofRun(List<JsonNode> things, JsonNode run) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode thing : things) {
      if (Cells.at(thing, "runId").equals(Cells.at(run, "runId"))) {
        found.add(thing);
      }
    }
    return found;
  }

  private void run(JsonNode run) {
    out.println();
    out.println("Run " + Cells.at(run, "runIndex") + "  " + Cells.at(run, "state"));
    line("  Run id", run, "runId");
    line("  Pod", run, "podName");
    line("  Executor", run, "executor");
    line("  Node", run, "node");
    line("  Leased", run, "leasedAt");
    line("  Started", run, "startedAt");
    line("  Ended", run, "endedAt");
  }

  private void failureOfRun(JsonNode failure) {
    out.println("  Failure  " + Cells.line(Cells.at(failure, "failureId"), 0));
    line("    Kind", failure, "kind");
    if (!failure.path("counted").asBoolean(true)) {
      out.println("    Not counted: a repeat, or it did not end the run");
    }
    String category = Cells.at(failure, "failureInfo.category");
    String subcategory = Cells.at(failure, "failureInfo.subcategory");
    if (!category.isEmpty() || !subcategory.isEmpty()) {
      out.printf("    %-14s%s%n", "Category:", Cells.line(category + " / " + subcategory, 0));
    }
    rule(failure);
    line("    Exit code", failure, "failureInfo.exitCode");
    block("    ", Cells.at(failure, "message"));
    evidence(failure.path("evidence"), "    ");
  }

  private void rule(JsonNode failure) {
    if (failure.path("rule").isObject()) {
      out.printf(
          "    %-14s%s, rule %s (%s at revision %s)%n",
          "By:",
          Cells.line(Cells.at(failure, "rule.category"), 0),
          Cells.at(failure, "rule.index"),
          Cells.line(Cells.at(failure, "categoriesName"), 0),
          Cells.at(failure, "categoriesRevision"));
    }
  }

  /** One failure with its evidence. */
  void failure(JsonNode failure) {
    line("Failure", failure, "failureId");
    line("Job", failure, "jobId");
    line("Queue", failure, "queue");
    line("Job set", failure, "jobSet");
    line("Run", failure, "runIndex");
    line("At", failure, "at");
    line("Kind", failure, "kind");
    line("Executor", failure, "executor");
    line("Node", failure, "node");
    line("Pod", failure, "podName");
    failureInfo(failure.path("failureInfo"));
    block("", Cells.at(failure, "message"));
    evidence(failure.path("evidence"), "");
  }

  private void failureInfo(JsonNode info) {
    line("Category", info, "category");
    line("Subcategory", info, "subcategory");
    line("Exit code", info, "exitCode");
    line("Container", info, "containerName");
  }

  private void evidence(JsonNode evidence, String indent) {
    line(indent + "Pod reason", evidence, "podReason");
    line(indent + "Pod message", evidence, "podMessage");
    line(indent + "Pod error", evidence, "podError");
    for (JsonNode container : evidence.path("containers")) {
      out.println(
          Cells.line(
              "%sContainer %s: exit code %s, signal %s, %s"
                  .formatted(
                      indent,
                      Cells.at(container, "name"),
                      orNone(Cells.at(container, "exitCode")),
                      orNone(Cells.at(container, "signal")),
                      orNone(Cells.at(container, "reason"))),
              0));
      block(indent + "  ", Cells.at(container, "message"));
    }
    for (JsonNode event : evidence.path("events")) {
      out.println(
          Cells.line(
              indent
                  + "Event "
                  + Cells.at(event, "type")
                  + " "
                  + Cells.at(event, "reason")
                  + ": "
                  + Cells.at(event, "message"),
              0));
    }
  }

  private void decision(JsonNode decision) {
    out.printf(
        "  Decision  %s (%s): %s%n",
        Cells.at(decision, "decision"),
        Cells.at(decision, "reason"),
        Cells.line(Cells.at(decision, "message"), 0));
    if (!Cells.at(decision, "policy").isEmpty()) {
      out.printf(
          "    %-14s%s at revision %s, %s of %s retries used%n",
          "Policy:",
          Cells.line(Cells.at(decision, "policy"), 0),
          Cells.at(decision, "policyRevision"),
          Cells.at(decision, "retriesUsed"),
          Cells.at(decision, "retryLimit"));
    }
    DecisionText text = new DecisionText(out);
    text.trace(decision, "    ");
    text.next(decision, "    ");
    text.shadow(decision, "    ");
  }

  private void line(String label, JsonNode thing, String path) {
    String value = Cells.at(thing, path);
    if (!value.isEmpty()) {
      int indent = label.length() - label.stripLeading().length();
      out.printf("%-" + (indent + 14) + "s%s%n", label + ":", Cells.line(value, 0));
    }
  }

  private void block(String indent, String text) {
    Cells.block(text).lines().forEach(line -> out.println(indent + "| " + line));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }
}
