package io.faultline.benchmarks.subscribers;

import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** What came when. Times are those of {@link System#nanoTime}. */
final class Deliveries {

  /** By job, when the commit of its event was asked for. */
  final long[] committing;

  /** By job, when its event was first read from the topic. */
  final long[] readable;

  private final int[] jobs;
  private final long[] nanos;
  private volatile int count;

  /**
   * @param each deliveries of each event
   */
  Deliveries(int events, int each) {
    committing = new long[events];
    readable = new long[events];
    // room for one more, so that an event that comes once too often is seen
    jobs = new int[events * each + 1];
    nanos = new long[events * each + 1];
  }

  /** Called by one thread. */
  void arrived(int job, long at) {
    int next = count;
    jobs[next] = job;
    nanos[next] = at;
    count = next + 1;
  }

  int count() {
    return count;
  }

  /** How many came of the events from one on. */
  long since(int first) {
    return timed(first).count();
  }

  /**
   * From when an event could be read to each delivery, in ms; 0 where that was the first to come.
   */
  double[] afterReadable(int first) {
    return millis(first, job -> readable[job]);
  }

  /** From when the commit was asked for to each delivery, in ms. */
  double[] afterCommit(int first) {
    return millis(first, job -> committing[job]);
  }

  private double[] millis(int first, IntToLongFunction from) {
    return timed(first)
        .mapToDouble(i -> Math.max(0, nanos[i] - from.applyAsLong(jobs[i])) / 1e6)
        .toArray();
  }

  private IntStream timed(int first) {
    return IntStream.range(0, count).filter(i -> jobs[i] >= first);
  }
}
