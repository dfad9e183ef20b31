package io.faultline.junit;

import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.RecordedStream;
import io.faultline.eventtest.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stream of events that was kept, as {@code faultline test events --record} writes it: JSON
 * lines, the first of which names the jobs. No server is asked.
 */
public final class Recording {

  @FunctionalInterface
  private interface Source {
    BufferedReader open() throws IOException;
  }

  private final String name;
  private final Source source;

  private Recording(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** That of a file, which is read by each assertion. */
  public static Recording in(Path file) {
    return new Recording(file.toString(), () -> Files.newBufferedReader(file));
  }

  /** That of a text of JSON lines. */
  public static Recording of(String lines) {
    return new Recording("recording", () -> new BufferedReader(new StringReader(lines)));
  }

  String name() {
    return name;
  }

  /**
   * The verdict on it.
   *
   * @throws io.faultline.rules.yaml.RuleFileException naming the line that is no event
   * @throws UncheckedIOException where it can't be read
   */
  Verdict judge(EventTest test) {
    try (BufferedReader lines = source.open()) {
      return RecordedStream.judge(test, name, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
