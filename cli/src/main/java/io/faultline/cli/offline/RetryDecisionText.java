package io.faultline.cli.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Columns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a retry policy decided, for people. */
final class RetryDecisionText {

  private RetryDecisionText() {}

  static void print(PrintWriter out, ObjectNode answer) {
    out.println(
        "Decision:  " + Cells.at(answer, "decision") + " (" + Cells.at(answer, "reason") + ")");
    out.println("Why:       " + Cells.line(Cells.at(answer, "message"), 0));
    if (answer.has("policy")) {
      out.println("Policy:    " + Cells.at(answer, "policy"));
    }
    String rule = Cells.line(Cells.at(answer, "rule.name"), 0);
    out.println("Rule:      " + (rule.isEmpty() ? "none" : rule));
    out.println(
        "Retries:   %s used, %s allowed by the policy, %s at most"
            .formatted(
                Cells.at(answer, "retriesUsed"),
                Cells.at(answer, "retryLimit"),
                Cells.at(answer, "globalMaxRetries")));
    if (!answer.path("mutations").isEmpty()) {
      out.println("Next run:  " + answer.get("mutations"));
    }
    if (answer.path("backoff").isObject()) {
      out.println("Wait:      " + Cells.at(answer, "backoff.wait"));
    }
    out.println();
    trace(out, answer);
  }

  /** Every check, one a line. */
  static void trace(PrintWriter out, ObjectNode answer) {
    List<ObjectNode> steps = new ArrayList<>();
    ((ArrayNode) answer.get("trace")).forEach(step -> steps.add((ObjectNode) step));
    Columns.none()
        .add("CHECK", "check")
        .add("SAW", "value")
        .add("EXPECTED", "expected")
        .add("HOLDS", step -> step.path("holds").asBoolean() ? "yes" : "no")
        .print(out, steps, false);
  }
}
