package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.output.Cells;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A decision as a person would explain it to the one whose job failed. */
final class DecisionText {

  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("fail_rule", "the rule asks to fail it"),
          Map.entry("fail_default", "no rule matches, and the policy fails what no rule names"),
          Map.entry("fail_rule_limit", "the rule has granted all the retries that it may"),
          Map.entry("fail_policy_limit", "all retries that the policy allows are used"),
          Map.entry("fail_global_limit", "all retries that any policy may grant a job are used"),
          Map.entry("fail_fatal", "another try can't help with this kind of failure"),
          Map.entry("fail_fast", "the job asked to end at its first failure"),
          Map.entry("no_error", "there is no evidence of what went wrong"),
          Map.entry("retry_unschedulable", "no node can ever take a run of this job"),
          Map.entry("no_policy", "no retry policy applies to its queue"),
          Map.entry("max_runs", "it could not be started as often as it may be tried"),
          Map.entry("preempted", "it was preempted, and no rule names preemption"),
          Map.entry("lease_returned", "it could not be started there, and never ran"));

  private final PrintWriter out;

  DecisionText(PrintWriter out) {
    this.out = out;
  }

  /** One decision, with everything that led to it. */
  void explain(JsonNode decision) {
    out.printf(
        "Run %s of job %s failed (%s) at %s.%n",
        Cells.at(decision, "runIndex"),
        Cells.line(Cells.at(decision, "jobId"), 0),
        Cells.at(decision, "kind"),
        Cells.at(decision, "at"));
    out.println(verdict(decision));
    if (decision.path("advice").asBoolean()) {
      out.println("This is advice: the job was not submitted here, and nothing is done.");
    }
    if (decision.path("set").isObject()) {
      out.println(SetText.verdict(decision.path("set")));
    }
    budget(decision);
    next(decision, "");
    out.println("How it came about:");
    trace(decision, "  ");
    shadow(decision, "");
  }

  /** What follows where a run is tried again: when, and how it differs. */
  void next(JsonNode decision, String indent) {
    JsonNode backoff = decision.path("backoff");
    if (backoff.isObject()) {
      out.printf(
          "%sIt waits %s%s: %s × %s^%s, at most %s.%n",
          indent,
          backoff.path("jitter").asDouble() > 0 ? "about " : "",
          Cells.at(backoff, "wait"),
          Cells.at(backoff, "initial"),
          Cells.at(backoff, "factor"),
          Cells.at(backoff, "earlier"),
          Cells.at(backoff, "max"));
    }
    List<String> differences = differences(decision.path("mutations"));
    if (!differences.isEmpty()) {
      out.println(indent + "The next run has " + String.join(", ", differences) + ".");
    }
  }

  /** Each check in its order. */
  void trace(JsonNode decision, String indent) {
    for (JsonNode step : decision.path("trace")) {
      String expected = Cells.at(step, "expected");
      out.println(
          Cells.line(
              "%s%s %s: %s%s"
                  .formatted(
                      indent,
                      step.path("holds").asBoolean() ? "+" : "-",
                      Cells.at(step, "check"),
                      orNone(Cells.at(step, "value")),
                      expected.isEmpty() ? "" : ", expected " + expected),
              0));
    }
  }

  /** What a policy in the shadow would have decided, where there was one. */
  void shadow(JsonNode decision, String indent) {
    JsonNode shadow = decision.path("shadow");
    if (!shadow.isObject()) {
      return;
    }
    out.printf(
        "%sIn the shadow, policy %s at revision %s %s: %s (%s), %s%n",
        indent,
        Cells.line(Cells.at(shadow, "policy"), 0),
        Cells.at(shadow, "policyRevision"),
        shadow.path("agrees").asBoolean() ? "agrees" : "disagrees",
        Cells.at(shadow, "decision"),
        Cells.at(shadow, "reason"),
        Cells.line(Cells.at(shadow, "message"), 0));
    if (!shadow.path("agrees").asBoolean()) {
      trace(shadow, indent + "  ");
    }
  }

  private static String verdict(JsonNode decision) {
    boolean retry = Cells.at(decision, "decision").equals("retry");
    String reason = Cells.at(decision, "reason");
    String rule = Cells.at(decision, "rule.name");
    String policy = Cells.at(decision, "policy");
    StringBuilder text = new StringBuilder(retry ? "It is tried again: " : "It ends the job: ");
    if (reason.equals("retry")) {
      text.append(
          rule.isEmpty()
              ? "no rule matches, and the policy tries again what no rule names"
              : "the rule asks to try it again");
    } else if (reason.equals("no_policy") && decision.path("set").isObject()) {
      text.append("its set has no failure policy");
    } else {
      text.append(WHY.getOrDefault(reason, Cells.at(decision, "message")));
    }
    if (!rule.isEmpty()) {
      text.append(" (rule ").append(rule).append(")");
    }
    if (!policy.isEmpty()) {
      text.append(", policy ")
          .append(policy)
          .append(" at revision ")
          .append(Cells.at(decision, "policyRevision"));
    }
    return Cells.line(text.append(" [").append(reason).append("].").toString(), 0);
  }

  private void budget(JsonNode decision) {
    if (!Cells.at(decision, "policy").isEmpty()) {
      out.printf(
          "Before it, %s of the policy's %s retries were used; no job gets more than %s.%n",
          Cells.at(decision, "retriesUsed"),
          Cells.at(decision, "retryLimit"),
          Cells.at(decision, "globalMaxRetries"));
    }
  }

  private static List<String> differences(JsonNode mutations) {
    List<String> differences = new ArrayList<>();
    mutations.properties().forEach(field -> differences.add(difference(field)));
    return differences;
  }

  private static String difference(Map.Entry<String, JsonNode> field) {
    String name = field.getKey();
    JsonNode value = field.getValue();
    if (name.equals("avoidSameNode")) {
      return "another node";
    }
    if (name.equals("preferOtherNode")) {
      return "another node where there is one";
    }
    String growth =
        value.has("factor")
            ? Cells.at(value, "factor") + " times the " + name
            : Cells.at(value, "static") + " more " + name;
    return value.has("max") ? growth + " (at most " + Cells.at(value, "max") + ")" : growth;
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }
}
