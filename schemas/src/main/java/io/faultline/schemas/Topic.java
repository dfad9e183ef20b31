package io.faultline.schemas;

/**
 * A topic whose values are all of one type.
 *
 * @param name the topic's whole name, with the prefix
 * @param type the domain type of its values
 * @param cleanup whether old records go by time, by key, or both
 * @param retentionMillis how long records are kept where they go by time; -1 is for ever
 * @param maxMessageBytes the largest record it takes
 * @param <V> the domain type of its values
 */
public record Topic<V>(
    String name, Class<V> type, Cleanup cleanup, long retentionMillis, int maxMessageBytes) {

  /** How old records go; the values are Kafka's {@code cleanup.policy}. */
  public enum Cleanup {
    DELETE("delete"),
    COMPACT("compact"),
    COMPACT_AND_DELETE("compact,delete");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }

    /** Kafka's word for it. */
    public String policy() {
      return policy;
    }
  }
}
