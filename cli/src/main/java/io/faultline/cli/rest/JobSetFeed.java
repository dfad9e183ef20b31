package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.EventStream.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of a job set from its first one on, in order for each job, for who waits for each only
 * so long.
 */
public final class JobSetFeed implements AutoCloseable {
  private static final int AHEAD = 10_000;

  private final EventFeed feed;
  private final BlockingQueue<JsonNode> events = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile CliException failure;

  /** Begins to read. */
  public JobSetFeed(RestClient client, String queue, String jobSet) {
    String path =
        "/queues/%s/job-sets/%s/events?follow=true"
            .formatted(RestClient.part(queue), RestClient.part(jobSet));
    feed = new EventFeed(client, path, true);
    thread = new Thread(this::read, "events of " + jobSet);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next event.
   *
   * @return empty where none came in the time given
   * @throws CliException where the server refuses, can't be reached any more, or does not have all
   *     events
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
    feed.close();
    thread.interrupt();
  }

  private void read() {
    try {
      Optional<Event> next = feed.next();
      while (next.isPresent()) {
        if (next.get().type().equals("reset")) {
          throw new CliException(
              ExitCode.UNREACHABLE,
              "events were missed, the stream was reset: " + next.get().data());
        }
        events.put(next.get().json());
        next = feed.next();
      }
    } catch (CliException e) {
      failure = e;
    } catch (InterruptedException e) {
      // told to end
    }
  }
}
