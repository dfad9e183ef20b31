package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.eventtest.Difference;
import io.faultline.eventtest.Verdict;
import io.faultline.eventtest.Verdict.Rung;
import java.util.Locale;

/** A verdict for programs. */
final class VerdictJson {

  private VerdictJson() {}

  static ObjectNode of(String result) {
    return JsonNodeFactory.instance.objectNode().put("result", result);
  }

  /** Adds why it is not as expected; nothing where it is. */
  static void add(ObjectNode json, Verdict verdict) {
    if (verdict.result() == Verdict.Result.PASS) {
      return;
    }
    if (verdict.event() >= 0) {
      json.put("index", verdict.event());
    }
    json.put("jobId", verdict.jobId());
    json.put("message", verdict.message());
    ArrayNode differences = json.putArray("differences");
    for (Difference difference : verdict.differences()) {
      differences
          .addObject()
          .put("field", difference.field())
          .put("expected", difference.expected())
          .put("actual", difference.actual());
    }
    ArrayNode ladder = json.putArray("ladder");
    verdict.ladder().forEach(rung -> ladder.add(rung(rung)));
  }

  private static ObjectNode rung(Rung rung) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mark", rung.mark().name().toLowerCase(Locale.ROOT));
    json.put("expected", rung.expected() == null ? null : rung.expected().kind().word());
    json.put("actual", rung.actual() == null ? null : rung.actual().kind().word());
    boolean timed = rung.actual() != null && rung.actual().at() != null;
    json.put("time", timed ? rung.actual().at().toString() : null);
    return json;
  }
}
