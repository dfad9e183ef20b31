package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.eventtest.Verdict;
import io.faultline.eventtest.Verdict.Rung;
import java.util.Locale;

/** A verdict for programs. */
final class VerdictJson {

  private VerdictJson() {}

  /** With why it is not as expected, where it is not. */
  static ObjectNode of(Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("result", verdict.result().name().toLowerCase(Locale.ROOT));
    if (verdict.result() == Verdict.Result.PASS) {
      return json;
    }
    if (verdict.event() >= 0) {
      json.put("index", verdict.event());
    }
    json.put("jobId", verdict.jobId());
    json.put("message", verdict.message());
    DifferencesJson.add(json, verdict.differences());
    ArrayNode ladder = json.putArray("ladder");
    verdict.ladder().forEach(rung -> ladder.add(rung(rung)));
    return json;
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
