package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.ExitCode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of event tests.
 *
 * @param outcomes at least one, in the order of the command line
 */
record EventTestReport(List<EventTestOutcome> outcomes) {

  private static final List<String> WORDS = List.of("pass", "fail", "timeout", "error");

  /** That of the test that ended worst: what could not be run is worse than what failed. */
  ExitCode exitCode() {
    return outcomes.stream()
        .map(EventTestOutcome::exitCode)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** How many ended how, for people. */
  String line() {
    return WORDS.stream().map(word -> word + " " + count(word)).collect(Collectors.joining(", "));
  }

  /** How many ended how, and each by name. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    WORDS.forEach(word -> json.put(word, count(word)));
    ArrayNode tests = json.putArray("tests");
    for (EventTestOutcome outcome : outcomes) {
      ObjectNode test = JsonNodeFactory.instance.objectNode().put("name", outcome.name());
      tests.add(test.setAll(outcome.json()));
    }
    return json;
  }

  List<JunitReport.Case> junit() {
    return outcomes.stream().map(EventTestOutcome::junit).toList();
  }

  private long count(String word) {
    return outcomes.stream().filter(outcome -> outcome.word().equals(word)).count();
  }
}
