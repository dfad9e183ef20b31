package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.output.Cells;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A set as a person would explain it: what it went through, whose fault it was, what it cost. */
final class SetText {

  private static final int NAMED = 10;

  private final PrintWriter out;

  SetText(PrintWriter out) {
    this.out = out;
  }

  /** All that is known. */
  void describe(JsonNode set) {
    line("Set", at(set, "setId"));
    line("Name", at(set, "name"));
    line("Kind", set.path("gang").asBoolean() ? "gang" : "JobSet");
    line("Queue", at(set, "queue"));
    line("Job set", at(set, "jobSet"));
    line("Owner", at(set, "owner"));
    line("State", at(set, "state"));
    if (at(set, "state").equals("QUEUED")) {
      long jobs = set.path("jobs").asLong();
      line(
          "Waits for",
          "an executor with room for " + (jobs == 1 ? "it" : "all " + jobs + " at once"));
    }
    line("Submitted", at(set, "submittedAt"));
    line("Jobs", at(set, "jobs") + ": " + states(set.path("jobsByState")));
    line("Restarts", at(set, "restarts"));
    line("Policy", policy(set.path("failurePolicy")));
    for (JsonNode generation : set.path("generations")) {
      out.println();
      generation(generation);
    }
    if (!set.path("decisionsOfJobs").isEmpty()) {
      out.println();
      out.println("Of single members:");
      set.path("decisionsOfJobs").forEach(this::ofOne);
    }
    out.println();
    lost(set.path("lost"));
  }

  private void generation(JsonNode generation) {
    out.printf(
        "Generation %s  %s to %s, %s%n",
        at(generation, "number"),
        generation.has("began") ? at(generation, "began") : "unknown",
        generation.has("ended") ? at(generation, "ended") : "now",
        many(generation.path("runs").asLong(), "run"));
    JsonNode decision = generation.path("decision");
    if (decision.isObject()) {
      out.printf("  %s (%s), %s.%n", what(decision), why(decision), at(decision, "at"));
      cause(decision, "  ");
    }
  }

  private void ofOne(JsonNode decision) {
    out.printf(
        "  Generation %s  %s (%s), %s.%n",
        at(decision, "generation"), what(decision), why(decision), at(decision, "at"));
    cause(decision, "    ");
  }

  /** What was decided about a set, in one line. */
  static String verdict(JsonNode set) {
    String cause = at(set, "jobFailureReason");
    return "It decides about set %s (%s), generation %s: %s [%s]. The cause is %s%s%s. %s of its members had failed, %s of them dragged down by others."
        .formatted(
            at(set, "name"),
            at(set, "setId"),
            at(set, "generation"),
            what(set).substring(0, 1).toLowerCase(Locale.ROOT) + what(set).substring(1),
            at(set, "reason"),
            at(set, "blamed"),
            cause.isEmpty() ? "" : ", " + cause,
            categories(set),
            at(set, "failed"),
            at(set, "collateralCount"));
  }

  private static String what(JsonNode decision) {
    String one = at(decision, "blamed");
    return switch (at(decision, "outcome")) {
      case "restartAll" -> "All start again";
      case "restartOne" -> one + " alone starts again";
      case "failOne" -> one + " has failed for good, the others run on";
      default -> "The set fails";
    };
  }

  private static String why(JsonNode decision) {
    List<String> why = new ArrayList<>();
    for (String[] part :
        new String[][] {{"action", ""}, {"rule.name", "rule "}, {"policy", "policy "}}) {
      String value = at(decision, part[0]);
      if (!value.isEmpty()) {
        why.add(part[1] + value);
      }
    }
    why.add(at(decision, "reason"));
    return String.join(", ", why);
  }

  private void cause(JsonNode decision, String indent) {
    String reason = at(decision, "jobFailureReason");
    out.printf(
        "%sCause: %s, job %s%s%s%n",
        indent,
        at(decision, "blamed"),
        at(decision, "jobId"),
        reason.isEmpty() ? "" : ", " + reason,
        categories(decision));
    Cells.block(decision.path("jobFailureMessage").asText())
        .lines()
        .forEach(text -> out.println(indent + "| " + text));
    out.printf(
        "%sFailed: %s, of which others dragged down %s%s%n",
        indent, at(decision, "failed"), at(decision, "collateralCount"), collateral(decision));
    out.printf(
        "%sRestarts after it: %s, of which %s count; and %s of single members that count%n",
        indent, at(decision, "restarts"), at(decision, "counted"), at(decision, "countedOfJobs"));
  }

  private static String categories(JsonNode decision) {
    List<String> names = new ArrayList<>();
    decision.path("categories").forEach(name -> names.add(Cells.line(name.asText(), 0)));
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }

  private static String collateral(JsonNode decision) {
    List<String> names = new ArrayList<>();
    decision.path("collateral").forEach(name -> names.add(Cells.line(name.asText(), 0)));
    if (names.isEmpty()) {
      return "";
    }
    boolean more = decision.path("collateralCount").asLong() > Math.min(names.size(), NAMED);
    return ": "
        + String.join(", ", names.subList(0, Math.min(names.size(), NAMED)))
        + (more ? ", …" : "");
  }

  private void lost(JsonNode lost) {
    out.printf(
        "Lost to restarts: %s that ran %s s in all, %s s from one beginning to the next; %s core seconds, %s GiB seconds of memory%n",
        many(lost.path("runs").asLong(), "run"),
        at(lost, "seconds"),
        at(lost, "wallClockSeconds"),
        at(lost, "cpuCoreSeconds"),
        at(lost, "memoryGiBSeconds"));
  }

  private static String policy(JsonNode policy) {
    if (!policy.isObject()) {
      return "";
    }
    List<String> rules = new ArrayList<>();
    policy.path("rules").forEach(rule -> rules.add(rule(rule, rules.size())));
    return "at most "
        + policy.path("maxRestarts").asLong()
        + " restarts that count"
        + (rules.isEmpty() ? "" : "; " + String.join(", ", rules));
  }

  private static String rule(JsonNode rule, int index) {
    String name = at(rule, "name");
    return (name.isEmpty() ? "failurePolicyRule" + index : name) + ": " + at(rule, "action");
  }

  private static String states(JsonNode states) {
    List<String> all = new ArrayList<>();
    states.properties().forEach(e -> all.add(e.getValue().asText() + " " + e.getKey()));
    return String.join(", ", all);
  }

  private static String many(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      out.printf("%-14s%s%n", label + ":", value);
    }
  }

  private static String at(JsonNode thing, String path) {
    return Cells.line(Cells.at(thing, path), 0);
  }
}
