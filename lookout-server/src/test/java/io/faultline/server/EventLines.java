package io.faultline.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens to a stream of server-sent events, in a thread of its own. */
final class EventLines implements AutoCloseable {

  /** One event. */
  record Event(String id, String type, String data) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger comments = new AtomicInteger();
  private final InputStream body;
  private final Thread thread;
  private volatile boolean ended;
  private volatile String lastId = "";

  EventLines(String url, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + TestParts.TOKEN)
            .headers(headers.length == 0 ? new String[] {"Accept", "text/event-stream"} : headers)
            .build();
    try {
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("answered " + response.statusCode());
      }
      body = response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    thread = new Thread(this::read, "event-lines");
    thread.setDaemon(true);
    thread.start();
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> ids() {
    return events.stream().map(Event::id).toList();
  }

  List<String> types() {
    return events.stream().map(Event::type).toList();
  }

  int comments() {
    return comments.get();
  }

  /** The last id, also of a block without data: where to go on. */
  String lastId() {
    return lastId;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String[] fields = new String[3];
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith(":")) {
          comments.incrementAndGet();
        } else if (line.startsWith("id: ")) {
          fields[0] = line.substring(4);
        } else if (line.startsWith("event: ")) {
          fields[1] = line.substring(7);
        } else if (line.startsWith("data: ")) {
          fields[2] = line.substring(6);
        } else if (line.isEmpty()) {
          if (fields[2] != null) {
            events.add(new Event(fields[0], fields[1], fields[2]));
          }
          lastId = fields[0] == null ? lastId : fields[0];
          Arrays.fill(fields, null);
        }
      }
    } catch (IOException e) {
      // closed, or cut off
    }
    ended = true;
  }
}
