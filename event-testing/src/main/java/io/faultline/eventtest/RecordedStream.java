package io.faultline.eventtest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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

  private final String name;
  private final BufferedReader lines;
  private int line;

  private RecordedStream(String name, BufferedReader lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Reads what stands on a line. */
  private interface Reading<T> {
    T read(JsonParser parser) throws IOException, BadEventException;
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
    List<String> jobs =
        stream
            .next(stream::jobs)
            .orElseThrow(() -> stream.problem("", "is empty; the first line names the jobs"));
    Judge judge = new Judge(test, jobs);
    while (true) {
      Optional<ObservedEvent> event = stream.next(ObservedEvents::of);
      if (event.isEmpty()) {
        return judge.timeout();
      }
      Optional<Verdict> verdict = judge.take(event.get());
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
  }

  private List<String> jobs(JsonParser parser) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadEventException("", "one JSON object is expected on each line");
    }
    List<String> jobs = List.of();
    String key = parser.nextFieldName();
    while (key != null) {
      parser.nextToken();
      if (key.equals("jobs")) {
        jobs = ObservedEvents.texts(parser, key);
      } else {
        parser.skipChildren();
      }
      key = parser.nextFieldName();
    }
    if (jobs.isEmpty()) {
      throw new BadEventException(
          "jobs", "the first line names the jobs, as in {\"jobs\": [\"01H…\"]}");
    }
    return jobs;
  }

  /** What stands on the next line that is not blank; empty at the end. */
  private <T> Optional<T> next(Reading<T> reading) throws IOException {
    String text = lines.readLine();
    line++;
    while (text != null && text.isBlank()) {
      text = lines.readLine();
      line++;
    }
    if (text == null) {
      return Optional.empty();
    }
    try (JsonParser parser = ObservedEvents.JSON.createParser(text)) {
      parser.nextToken();
      T read = reading.read(parser);
      if (parser.nextToken() != null) {
        throw problem("", "one JSON object is expected on each line");
      }
      return Optional.of(read);
    } catch (BadEventException e) {
      throw problem(e.key(), e.getMessage());
    } catch (JsonProcessingException e) {
      throw problem("", "is not JSON: " + e.getOriginalMessage());
    }
  }

  private RuleFileException problem(String path, String problem) {
    return new RuleFileException(name, line, 1, path, problem);
  }
}
