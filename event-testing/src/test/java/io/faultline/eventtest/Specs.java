package io.faultline.eventtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Test files and streams from a shorthand. */
final class Specs {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private Specs() {}

  /** From {@code submitted, failed: {…}; forbidden: preempted; strict}. */
  static String yaml(String shorthand) {
    StringBuilder yaml = new StringBuilder("timeout: 300s\n");
    String[] parts = shorthand.split("; ");
    yaml.append("expectedEvents:\n").append(events(parts[0]));
    for (String part : List.of(parts).subList(1, parts.length)) {
      yaml.append(
          part.equals("strict")
              ? "strict: true\n"
              : part.startsWith("gangs: ")
                  ? part + "\n"
                  : "forbiddenEvents:\n" + events(part.substring("forbidden: ".length())));
    }
    return yaml.toString();
  }

  private static String events(String events) {
    return Arrays.stream(events.split(", (?![^{]*})"))
        .map(event -> "  - " + event + (event.contains(":") ? "" : ":") + "\n")
        .collect(Collectors.joining());
  }

  /** From {@code a:submitted b:failed/oom,retryable}, with a second between two events. */
  static String lines(String jobs, String shorthand) {
    StringBuilder lines =
        new StringBuilder("{\"jobs\": [\"" + String.join("\", \"", jobs.split(",")) + "\"]}\n");
    Instant at = BEGIN;
    for (String event : shorthand.split(" ")) {
      lines.append(line(event, at)).append('\n');
      at = at.plusSeconds(1);
    }
    return lines.toString();
  }

  private static String line(String event, Instant at) {
    String[] parts = event.split("[:/]", 3);
    List<String> details = parts.length < 3 ? List.of() : Arrays.asList(parts[2].split(","));
    Map<String, String> named =
        details.stream()
            .filter(d -> d.contains("="))
            .map(d -> d.split("=", 2))
            .collect(Collectors.toMap(d -> d[0], d -> d[1]));
    List<String> categories =
        details.stream().filter(d -> !d.contains("=") && !d.equals("retryable")).toList();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jobId", parts[0]).put("type", parts[1]).put("time", at.toString());
    categories.forEach(json.withArray("categories")::add);
    json.put("failureCategory", categories.isEmpty() ? "" : categories.get(0));
    json.put("retryable", details.contains("retryable"));
    for (String text : List.of("reason", "message", "policy")) {
      json.put(text, named.getOrDefault(text, ""));
    }
    json.put("gangId", named.getOrDefault("gang", ""));
    if (named.containsKey("run")) {
      json.put("runIndex", Integer.parseInt(named.get("run")));
    }
    if (named.containsKey("rule")) {
      ObjectNode decision = json.putObject("decision");
      decision.putObject("rule").put("name", named.get("rule")).put("index", 2);
      decision.putObject("mutations").putObject("memory").put("factor", 1.5);
    }
    return json.toString();
  }
}
