package io.faultline.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of a job set from its first one on, in order for each job, while others wait for them.
 * A stream that breaks is taken up where it broke.
 */
public final class JobSetFeed implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AHEAD = 10_000;
  private static final int TRIES = 60;
  private static final long PAUSE_MILLIS = 500;

  private final RestClient client;
  private final String path;
  private final BlockingQueue<JsonNode> events = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile CliException failure;
  private volatile EventStream open;
  private volatile boolean closing;
  private String position = "";

  /** Begins to read. */
  public JobSetFeed(RestClient client, String queue, String jobSet) {
    this.client = client;
    path =
        "/queues/%s/job-sets/%s/events?follow=true"
            .formatted(RestClient.part(queue), RestClient.part(jobSet));
    thread = new Thread(this::read, "events of " + jobSet);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next event.
   *
   * @return empty where none came in the time given
   * @throws CliException where the server refuses, or can't be reached any more
   */
  public Optional<JsonNode> next(Duration wait) {
    try {
      JsonNode event = events.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (event == null && failure != null) {
        throw failure;
      }
      return Optional.ofNullable(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    EventStream stream = open;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // it is not needed any more
      }
    }
  }

  private void read() {
    try {
      for (int lost = 0; !closing; lost++) {
        String before = position;
        try (EventStream stream = new EventStream(client.events(path, position))) {
          open = stream;
          hand(stream);
        } catch (IOException e) {
          // taken up again below
        } catch (CliException e) {
          if (e.exitCode() != ExitCode.UNREACHABLE || lost >= TRIES) {
            throw e;
          }
        }
        lost = position.equals(before) ? lost : 0;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (CliException e) {
      failure = e;
    } catch (InterruptedException e) {
      // told to end
    }
  }

  private void hand(EventStream stream) throws IOException, InterruptedException {
    Optional<EventStream.Event> next = stream.next();
    while (next.isPresent() && !closing) {
      events.put(parse(next.get().data()));
      if (!next.get().id().isEmpty()) {
        position = next.get().id();
      }
      next = stream.next();
    }
  }

  private static JsonNode parse(String data) throws IOException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IOException("the stream is broken", e);
    }
  }
}
