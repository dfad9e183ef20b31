package io.faultline.app;

import java.util.concurrent.ThreadFactory;
import org.apache.kafka.common.errors.InterruptException;

/** A thread that works in the background until it is closed; it keeps no process alive. */
public final class Worker implements AutoCloseable {

  private static final long ENDS_WITHIN_MILLIS = 10_000;

  private final Thread thread;

  /** What a worker does; it is interrupted when the worker is closed, and ends then. */
  @FunctionalInterface
  public interface Task {
    /** Works until there is nothing more to do, or until it is interrupted. */
    void run() throws InterruptedException;
  }

  /**
   * Does nothing until started.
   *
   * @param name the thread's name
   */
  public Worker(String name, Task task) {
    thread =
        threads(name)
            .newThread(
                () -> {
                  try {
                    task.run();
                  } catch (InterruptedException | InterruptException closed) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /** Makes threads of one name that keep no process alive either, for executors. */
  public static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins; call it once at most. */
  public void start() {
    thread.start();
  }

  /** Interrupts the task and waits for its end, ten seconds at most. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(ENDS_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
