package io.faultline.cli.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events. */
public final class EventStream implements AutoCloseable {
  private final InputStream in;
  private final BufferedReader reader;

  public EventStream(InputStream in) {
    this.in = in;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * One event.
   *
   * @param id the position after it; empty where none was given
   * @param type its name
   * @param data its lines, joined
   */
  public record Event(String id, String type, String data) {}

  /**
   * Waits for the next event; comments are passed over.
   *
   * @return empty where the stream has ended; an event that is cut off is not one
   */
  public Optional<Event> next() throws IOException {
    String id = "";
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty() && data.length() > 0) {
        return Optional.of(new Event(id, type, data.substring(1)));
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.append('\n').append(value);
        default -> {} // comments and what later versions may add
      }
    }
    return Optional.empty();
  }

  /** May be called while another thread waits for the next event, which then ends. */
  @Override
  public void close() throws IOException {
    // not the reader, which who waits holds the lock of
    in.close();
  }
}
