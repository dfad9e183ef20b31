package io.faultline.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** How times are spread. */
public final class Percentiles {

  private final double[] sorted;

  /**
   * Of these times.
   *
   * @param millis in any order, at least one
   */
  public Percentiles(double[] millis) {
    if (millis.length == 0) {
      throw new IllegalArgumentException("no times");
    }
    sorted = millis.clone();
    Arrays.sort(sorted);
  }

  /** The least time that so many of a hundred do not exceed, in ms. */
  public double at(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** Count, p50, p90, p99 and the longest, in ms with one decimal. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", sorted.length);
    json.put("p50Ms", rounded(at(50)));
    json.put("p90Ms", rounded(at(90)));
    json.put("p99Ms", rounded(at(99)));
    json.put("maxMs", rounded(at(100)));
    return json;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
