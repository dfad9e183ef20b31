package io.faultline.cli.up;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells whoever waits what is starting, and how long it took. */
final class Progress {

  /** What is started, and the address to show for it. */
  @FunctionalInterface
  interface Step<T> {
    T start() throws Exception;
  }

  private final PrintWriter out;
  private final long began = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** Runs a step and prints a line when it is done: its name, what it says of itself, seconds. */
  <T> T step(String name, Step<T> step, Supplier<String> says) {
    long start = System.nanoTime();
    T result;
    try {
      result = step.start();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
    line(name, says.get(), System.nanoTime() - start);
    return result;
  }

  /** A line of its own. */
  synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  /** Seconds since the beginning, for people. */
  String sinceBeginning() {
    return seconds(System.nanoTime() - began);
  }

  private synchronized void line(String name, String says, long nanos) {
    out.printf(Locale.ROOT, "  %-18s %-48s %8s%n", name, says, seconds(nanos));
    out.flush();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
