package io.faultline.cli.testing;

import io.faultline.eventtest.Judge;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says on standard error how far the tests are, for as long as they take. */
final class TestProgress implements AutoCloseable {

  private static final int EVERY_SECONDS = 5;

  private final PrintWriter err;
  private final int tests;
  private final AtomicInteger done = new AtomicInteger();
  private final Map<String, Judge> running = new ConcurrentHashMap<>();
  private final long begin = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);

  TestProgress(PrintWriter err, int tests) {
    this.err = err;
    this.tests = tests;
    Thread thread = new Thread(this::sayAgainAndAgain, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  /** The jobs of a test are submitted. */
  void judging(String test, Judge judge) {
    running.put(test, judge);
  }

  /** A test is over. */
  void done(String test) {
    running.remove(test);
    done.incrementAndGet();
  }

  private void sayAgainAndAgain() {
    try {
      while (!closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        say();
      }
    } catch (InterruptedException e) {
      // then nothing more is said
    }
  }

  private void say() {
    int jobs = running.values().stream().mapToInt(Judge::jobs).sum();
    int complete = running.values().stream().mapToInt(Judge::done).sum();
    err.printf(
        "%d s: %d of %d tests done; of those under way %d of %d jobs have had all their events%n",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
        done.get(),
        tests,
        complete,
        jobs);
    err.flush();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
