package io.faultline.benchmarks.pipeline;

import io.faultline.decider.DeciderSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** The threads of streams in this process. */
final class StreamThreads {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StreamThreads() {}

  /** Processor time of the decider's threads so far, in ms. */
  static double deciderMillis() {
    long nanos = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null
          && thread.getThreadName().startsWith("faultline-" + DeciderSettings.SERVICE)
          && thread.getThreadName().contains("StreamThread")) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos / 1e6;
  }
}
