package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.table.Difference;
import java.util.List;

/** What is not as expected, for programs; alike in all tests. */
final class DifferencesJson {

  private DifferencesJson() {}

  static void add(ObjectNode json, List<Difference> differences) {
    ArrayNode list = json.putArray("differences");
    for (Difference difference : differences) {
      list.addObject()
          .put("field", difference.field())
          .put("expected", difference.expected())
          .put("actual", difference.actual());
    }
  }
}
