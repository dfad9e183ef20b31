package io.faultline.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events. */
public final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream in;
  private final BufferedReader reader;
  private String id = "";
  private String lastId = "";

  public EventStream(InputStream in) {
    this.in = in;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * One event.
   *
   * @param type its name
   * @param data its lines, joined
   */
  public record Event(String type, String data) {

    /**
     * Its data.
     *
     * @throws CliException where it is no JSON
     */
    public JsonNode json() {
      try {
        return JSON.readTree(data);
      } catch (JsonProcessingException e) {
        throw new CliException(ExitCode.UNREACHABLE, "the server sent what is no event: " + data);
      }
    }
  }

  /**
   * Where a next stream goes on: the last id that was given, with an event or without, up to the
   * last call of {@link #next}; who asked for another event has done with the one before. Empty
   * where there was none yet.
   */
  public String lastId() {
    return lastId;
  }

  /**
   * Waits for the next event; comments are passed over.
   *
   * @return empty where the stream has ended; an event that is cut off is not one
   */
  public Optional<Event> next() throws IOException {
    lastId = id;
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return Optional.of(new Event(type, data.substring(1)));
        }
        lastId = id;
        type = "message";
        continue;
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
