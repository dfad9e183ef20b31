package io.faultline.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What several rounds measured: the median, and from where to where they go. */
public final class Spread {

  private final List<Double> sorted;

  /**
   * Of these rounds.
   *
   * @param rounds in any order, at least one
   */
  public Spread(List<Double> rounds) {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds");
    }
    sorted = rounds.stream().sorted().toList();
  }

  /** The middle one; of an even number, the lower of the two. */
  public double median() {
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** Median, least and most, as whole numbers. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("median", Math.round(median()));
    json.put("min", Math.round(sorted.get(0)));
    json.put("max", Math.round(sorted.get(sorted.size() - 1)));
    return json;
  }
}
