package io.faultline.ingester.plan;

import java.time.Instant;
import java.util.Comparator;

/**
 * A primary key.
 *
 * @param id the first id
 * @param secondId the second; empty where the key has one id only
 * @param at the time that belongs to the key
 */
public record RowKey(String id, String secondId, Instant at) implements Comparable<RowKey> {

  private static final Comparator<RowKey> ORDER =
      Comparator.comparing(RowKey::id).thenComparing(RowKey::secondId).thenComparing(RowKey::at);

  /** One order for all writers: two of them never wait for each other's rows in a circle. */
  @Override
  public int compareTo(RowKey other) {
    return ORDER.compare(this, other);
  }
}
