package io.faultline.server.http;

import io.faultline.server.events.Subscription;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The connection of one listener. Nothing waits for it: what can be written is written by one of a
 * few threads, and the rest when the connection says that it can take more. Where it takes nothing
 * for so long that it counts as idle, the server ends it.
 */
final class EventConnection implements WriteListener {

  private final Executor writers;
  private final AsyncContext async;
  private final ServletOutputStream out;
  private final Subscription stream;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** How often it was woken since it last looked; nobody writes before it is possible at all. */
  private final AtomicInteger woken = new AtomicInteger(1);

  private volatile boolean begun;
  private boolean unflushed;

  /** What a stream is opened with: a listener that can be woken. */
  interface Opening {
    Subscription open(Runnable wake);
  }

  private EventConnection(Context context, Executor writers, Opening opening) throws IOException {
    this.writers = writers;
    this.async = context.req().getAsyncContext();
    this.out = context.res().getOutputStream();
    this.stream = opening.open(this::wake);
  }

  /**
   * Sends a stream as the answer to a request, which has been made asynchronous.
   *
   * @param closed told of the stream when the connection has ended
   * @return complete then
   */
  static CompletableFuture<Void> send(
      Context context, Executor writers, Opening opening, Consumer<Subscription> closed)
      throws IOException {
    EventConnection connection = new EventConnection(context, writers, opening);
    CompletableFuture<Void> done =
        connection.ended.whenComplete((nothing, never) -> closed.accept(connection.stream));
    connection.async.setTimeout(0);
    connection.out.setWriteListener(connection);
    return done;
  }

  private void wake() {
    if (woken.getAndIncrement() == 0) {
      writers.execute(this::write);
    }
  }

  @Override
  public void onWritePossible() {
    if (begun) {
      wake();
    } else {
      begun = true;
      writers.execute(this::write);
    }
  }

  @Override
  public void onError(Throwable gone) {
    ended.complete(null);
  }

  private void write() {
    int seen;
    do {
      seen = woken.get();
      try {
        writeWhatWaits();
      } catch (IOException | IllegalStateException e) {
        // the client is gone; it comes again with its last id
        ended.complete(null);
      }
    } while (woken.addAndGet(-seen) > 0);
  }

  private void writeWhatWaits() throws IOException {
    while (!ended.isDone() && out.isReady()) {
      if (unflushed) {
        unflushed = false;
        out.flush();
        continue;
      }
      byte[] chunk = stream.take();
      if (chunk != null) {
        out.write(chunk);
        unflushed = true;
      } else if (stream.done()) {
        ended.complete(null);
      } else {
        return;
      }
    }
  }
}
