package io.faultline.domain.group;

/**
 * How often a job was started again alone.
 *
 * @param restarts in all
 * @param counted those that count toward {@code maxRestarts}
 */
public record JobRestarts(int restarts, int counted) {

  /** Never. */
  public static final JobRestarts NONE = new JobRestarts(0, 0);

  /** Refuses negative numbers. */
  public JobRestarts {
    if (restarts < 0 || counted < 0) {
      throw new IllegalArgumentException(
          "restarts must not be negative: " + restarts + ", " + counted);
    }
  }

  JobRestarts another(boolean counts) {
    return new JobRestarts(Math.addExact(restarts, 1), counts ? counted + 1 : counted);
  }
}
