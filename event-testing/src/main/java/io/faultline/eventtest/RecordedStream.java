package io.faultline.eventtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.faultline.eventtest.ObservedEvents.BadEventException;
import io.faultline.rules.yaml.RuleFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A stream of events in a file, as JSON lines: first {@code {"jobs": ["…"]}} with the jobs of the
 * test, then one event a line in the order of arrival, as {@link ObservedEvents} reads them.
 */
public final class RecordedStream {

  private static final ObjectReader JSON = new JsonMapper().reader();

  private final String name;
  private final BufferedReader lines;
  private int line;

  private RecordedStream(String name, BufferedReader lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * Judges a test by it. A stream that ends before the verdict falls is a timeout.
   *
   * @param name as the user knows the file
   * @param lines stays the caller's to close
   * @throws RuleFileException naming the line that is not such an event
   * @throws IOException where it can't be read
   */
  public static Verdict judge(EventTest test, String name, BufferedReader lines)
      throws IOException {
    RecordedStream stream = new RecordedStream(name, lines);
    Judge judge = new Judge(test, stream.jobs());
    while (true) {
      Optional<JsonNode> event = stream.next();
      if (event.isEmpty()) {
        return judge.timeout();
      }
      Optional<Verdict> verdict = judge.take(stream.event(event.get()));
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
  }

  private List<String> jobs() throws IOException {
    JsonNode first =
        next().orElseThrow(() -> problem("", "is empty; the first line names the jobs"));
    try {
      List<String> jobs = ObservedEvents.texts(first, "jobs");
      if (jobs.isEmpty()) {
        throw problem("jobs", "the first line names the jobs, as in {\"jobs\": [\"01H…\"]}");
      }
      return jobs;
    } catch (BadEventException e) {
      throw problem(e.key(), e.getMessage());
    }
  }

  private Optional<JsonNode> next() throws IOException {
    String text = lines.readLine();
    line++;
    while (text != null && text.isBlank()) {
      text = lines.readLine();
      line++;
    }
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw problem("", "one JSON object is expected on each line");
      }
      return Optional.of(node);
    } catch (JsonProcessingException e) {
      throw problem("", "is not JSON: " + e.getOriginalMessage());
    }
  }

  private ObservedEvent event(JsonNode node) {
    try {
      return ObservedEvents.of(node);
    } catch (BadEventException e) {
      throw problem(e.key(), e.getMessage());
    }
  }

  private RuleFileException problem(String path, String problem) {
    return new RuleFileException(name, line, 1, path, problem);
  }
}
