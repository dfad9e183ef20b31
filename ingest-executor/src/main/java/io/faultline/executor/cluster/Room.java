package io.faultline.executor.cluster;

/**
 * An amount of what runs take: how many there may be, and what they ask for.
 *
 * @param runs how many
 * @param milliCpu thousandths of a processor
 * @param memoryBytes bytes of memory
 */
public record Room(long runs, long milliCpu, long memoryBytes) {

  /** Nothing. */
  public static final Room NONE = new Room(0, 0, 0);

  /** Whether this much holds as much as {@code need}. */
  public boolean fits(Room need) {
    return need.runs <= runs && need.milliCpu <= milliCpu && need.memoryBytes <= memoryBytes;
  }

  /** Both together. */
  public Room plus(Room other) {
    return new Room(
        runs + other.runs, milliCpu + other.milliCpu, saturated(memoryBytes, other.memoryBytes));
  }

  /** What is left of this; less than nothing where more is taken than there is. */
  public Room minus(Room other) {
    return new Room(runs - other.runs, milliCpu - other.milliCpu, memoryBytes - other.memoryBytes);
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
