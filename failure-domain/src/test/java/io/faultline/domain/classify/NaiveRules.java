package io.faultline.domain.classify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A classifier that asks every rule of every category, written from the documentation alone: it
 * shares no code with the real one, and its evidence is its own.
 */
final class NaiveRules {

  /** A container that ended, or with code null one that has not. */
  record Box(String name, char role, Integer code, String reason, String message) {}

  record Event(String type, String reason, String message) {}

  record Failure(
      String podReason, List<Box> boxes, List<Event> events, String podError, String internal) {}

  /** What: conditions, in, notIn, message, podError, podEvent. */
  record Ask(
      String what, String container, List<String> words, List<Integer> codes, String pattern) {}

  record RuleRow(String category, Ask ask, String subcategory) {}

  record Answer(String category, String subcategory, List<String> categories, int firstRule) {}

  private NaiveRules() {}

  static Answer classify(
      List<RuleRow> rules, String defaultCategory, String defaultSubcategory, Failure failure) {
    TreeMap<String, String> names = new TreeMap<>(); // by hexadecimal bytes, which is Go's order
    int first = -1;
    for (int i = 0; i < rules.size(); i++) {
      if (holds(rules.get(i).ask(), failure)) {
        names.put(hex(rules.get(i).category()), rules.get(i).category());
        first = first < 0 ? i : first;
      }
    }
    if (first >= 0) {
      RuleRow row = rules.get(first);
      return new Answer(row.category(), row.subcategory(), new ArrayList<>(names.values()), first);
    }
    if (failure.internal() != null) {
      return new Answer("internal", failure.internal(), List.of("internal"), -1);
    }
    return new Answer(defaultCategory, defaultSubcategory, List.of(), -1);
  }

  private static boolean holds(Ask ask, Failure failure) {
    boolean holds = false;
    for (Box box : failure.boxes()) {
      boolean failed = box.role() != 'e' && box.code() != null && box.code() != 0;
      if (failed && (ask.container().isEmpty() || ask.container().equals(box.name()))) {
        holds |=
            ask.what().equals("conditions")
                && ask.words().contains("OOMKilled")
                && box.reason().equals("OOMKilled");
        holds |= ask.what().equals("in") && ask.codes().contains(box.code());
        holds |= ask.what().equals("notIn") && !ask.codes().contains(box.code());
        holds |= ask.what().equals("message") && found(ask.pattern(), box.message());
      }
    }
    if (ask.what().equals("conditions")) {
      for (String word : List.of("Evicted", "DeadlineExceeded")) {
        holds |= ask.words().contains(word) && failure.podReason().equals(word);
      }
    }
    holds |= ask.what().equals("podError") && found(ask.pattern(), failure.podError());
    for (Event event : failure.events()) {
      holds |=
          ask.what().equals("podEvent")
              && event.type().equals(ask.words().get(0))
              && (ask.words().get(1).isEmpty() || event.reason().equals(ask.words().get(1)))
              && found(ask.pattern(), event.message());
    }
    return holds;
  }

  private static boolean found(String pattern, String text) {
    // in Java $ matches before a final newline, in RE2 it does not
    String asInJava = pattern.replace("$", "\\z");
    int flags = Pattern.UNICODE_CASE | Pattern.UNIX_LINES;
    return !text.isEmpty() && Pattern.compile(asInJava, flags).matcher(text).find();
  }

  private static String hex(String name) {
    StringBuilder hex = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }
}
