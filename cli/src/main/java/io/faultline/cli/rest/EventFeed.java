package io.faultline.cli.rest;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.EventStream.Event;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Events of a server, over as many connections as it takes: a stream that breaks is taken up where
 * it broke. For one thread; any other may close it.
 */
public final class EventFeed implements AutoCloseable {
  private static final int TRIES = 60;
  private static final long PAUSE_MILLIS = 500;

  private final RestClient client;
  private final String path;
  private final boolean follow;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile EventStream stream;
  private String position = "";
  private boolean connected;

  /**
   * Connects when it is first asked.
   *
   * @param path with its query
   * @param follow whether the query asks for what is still to come, so that the stream's end is not
   *     that of the events
   */
  public EventFeed(RestClient client, String path, boolean follow) {
    this.client = client;
    this.path = path;
    this.follow = follow;
  }

  /**
   * Waits for the next event, which may be a {@code reset}.
   *
   * @return empty where nothing more comes, or it is closed
   * @throws CliException where the server refuses, can't be reached at first, or not any more for
   *     half a minute
   */
  public Optional<Event> next() {
    for (int lost = 0; !isClosed(); lost++) {
      try {
        if (stream == null) {
          stream = new EventStream(client.events(path, position));
          connected = true;
        }
        Optional<Event> next = stream.next();
        if (next.isPresent()) {
          return next;
        }
        leave();
        if (!follow) {
          return Optional.empty();
        }
      } catch (IOException e) {
        leave();
      } catch (CliException e) {
        if (!connected || e.exitCode() != ExitCode.UNREACHABLE || lost >= TRIES) {
          throw e;
        }
      }
      pause();
    }
    return Optional.empty();
  }

  /** Ends a wait in another thread, too. */
  @Override
  public void close() {
    closed.countDown();
    EventStream open = stream;
    if (open != null) {
      close(open);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void leave() {
    position = stream.lastId().isEmpty() ? position : stream.lastId();
    close(stream);
    stream = null;
  }

  private static void close(EventStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // it is not needed any more
    }
  }

  private void pause() {
    try {
      var unused = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    }
  }
}
