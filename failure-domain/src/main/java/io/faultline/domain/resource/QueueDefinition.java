package io.faultline.domain.resource;

/**
 * A queue as operators write it.
 *
 * @param name unique among queues
 * @param priorityFactor greater than 0
 * @param retryPolicy the policy of its jobs; empty where it names none
 * @param categories the set of categories that classifies its failures
 */
public record QueueDefinition(
    String name, double priorityFactor, String retryPolicy, String categories) {

  /** The set of categories of queues that name none. */
  public static final String CATEGORIES = "default";
}
