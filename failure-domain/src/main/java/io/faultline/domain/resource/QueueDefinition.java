package io.faultline.domain.resource;

import java.util.List;

/**
 * A queue as operators write it.
 *
 * @param name unique among queues
 * @param priorityFactor greater than 0
 * @param retryPolicies the policies of its jobs, in the order they are asked; empty where it names
 *     none
 * @param shadowPolicy a policy that is asked beside them and changes nothing; empty for none
 * @param categories the set of categories that classifies its failures
 */
public record QueueDefinition(
    String name,
    double priorityFactor,
    List<String> retryPolicies,
    String shadowPolicy,
    String categories) {

  /** The set of categories of queues that name none. */
  public static final String CATEGORIES = "default";

  /** Copies the list. */
  public QueueDefinition {
    retryPolicies = List.copyOf(retryPolicies);
  }
}
