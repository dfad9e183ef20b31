package io.faultline.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts what comes, by one thread; the first ones only start the clocks. */
final class Speed {

  /**
   * What came of it.
   *
   * @param perSecond by the wall's clock
   * @param cpuMicros processor time of this whole process for each one, in µs
   */
  record Result(double perSecond, double cpuMicros) {}

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int first;
  private long count;
  private long beginNanos;
  private long endNanos;
  private long beginCpuNanos;

  /**
   * @param first how many are not timed; at least one is not
   */
  Speed(int first) {
    this.first = Math.max(1, first);
  }

  /** One more has come. */
  void count() {
    count++;
    endNanos = System.nanoTime();
    if (count == first) {
      beginNanos = endNanos;
      beginCpuNanos = SYSTEM.getProcessCpuTime();
    }
  }

  long counted() {
    return count;
  }

  /** Asked for when the last one has come. */
  Result result() {
    double timed = count - first;
    return new Result(
        timed * 1e9 / (endNanos - beginNanos),
        (SYSTEM.getProcessCpuTime() - beginCpuNanos) / 1e3 / timed);
  }
}
