package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.json.ClassificationJson;
import io.faultline.rules.json.DecisionJson;
import io.faultline.rules.table.Outcome;

/** What came of table tests, for programs. */
final class RuleTestJson {

  private RuleTestJson() {}

  static ObjectNode of(RuleTestReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(
        "result",
        switch (report.exitCode()) {
          case FINE -> "pass";
          case NO -> "fail";
          default -> "error";
        });
    json.put("passed", report.cases() - report.failed());
    json.put("failed", report.failed());
    ArrayNode files = json.putArray("files");
    for (RuleTestReport.File file : report.files()) {
      ObjectNode shown = files.addObject().put("file", file.name());
      if (file.isRefused()) {
        shown.put("error", file.refused());
      }
      ArrayNode cases = shown.putArray("cases");
      file.outcomes().forEach(outcome -> cases.add(outcome(outcome)));
    }
    return json;
  }

  /** One case; what the rules said of it is there where it fails. */
  private static ObjectNode outcome(Outcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", outcome.tested().name());
    json.put("line", outcome.tested().line());
    json.put("result", outcome.passed() ? "pass" : "fail");
    if (outcome.passed()) {
      return json;
    }
    DifferencesJson.add(json, outcome.differences());
    ArrayNode notes = json.putArray("notes");
    outcome.notes().forEach(notes::add);
    json.set("classification", outcome.classification().map(ClassificationJson::of).orElse(null));
    json.set("decision", outcome.decision().map(DecisionJson::of).orElse(null));
    return json;
  }
}
