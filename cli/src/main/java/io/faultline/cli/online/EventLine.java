package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.output.Cells;

/** An event as one line for people. */
final class EventLine {

  private EventLine() {}

  static String of(JsonNode event) {
    StringBuilder line =
        new StringBuilder(
            "%s  %s  %-14s"
                .formatted(
                    Cells.at(event, "at"), Cells.at(event, "jobId"), Cells.at(event, "type")));
    add(line, "run ", Cells.at(event, "runIndex"));
    add(line, "on ", Cells.at(event, "node"));
    if (Cells.at(event, "type").equals("failed")) {
      add(
          line,
          event.path("retryable").asBoolean() ? "retryable " : "final ",
          Cells.at(event, "reason"));
      add(line, "exit code ", Cells.at(event, "failureInfo.exitCode"));
      add(line, "", Cells.at(event, "failureInfo.category"));
      add(line, "", Cells.at(event, "failureInfo.subcategory"));
    }
    add(line, "run ", Cells.at(event, "nextRunIndex"));
    add(line, "due ", Cells.at(event, "dueAt"));
    return Cells.line(line.toString().stripTrailing(), 0);
  }

  private static void add(StringBuilder line, String label, String value) {
    if (!value.isEmpty()) {
      line.append("  ").append(label).append(value);
    }
  }
}
