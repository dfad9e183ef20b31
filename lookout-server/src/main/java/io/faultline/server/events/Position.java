package io.faultline.server.events;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far someone has read a topic: the next offset of each partition.
 *
 * @param next by partition
 */
public record Position(Map<Integer, Long> next) {

  private static final int MAX_PARTITIONS = 10_000;

  /** Copies the map. */
  public Position {
    next = Map.copyOf(next);
  }

  /** As text: {@code 0:17,1:4}. */
  @Override
  public String toString() {
    return new TreeMap<>(next)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  /** The position that a text means; empty where it means none. */
  public static Optional<Position> parse(String text) {
    Map<Integer, Long> next = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.split(":", -1);
      if (pair.length != 2 || !pair[0].matches("[0-9]{1,5}") || !pair[1].matches("[0-9]{1,18}")) {
        return Optional.empty();
      }
      int partition = Integer.parseInt(pair[0]);
      if (partition >= MAX_PARTITIONS || next.put(partition, Long.valueOf(pair[1])) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Position(next));
  }
}
