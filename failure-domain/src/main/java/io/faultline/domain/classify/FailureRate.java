package io.faultline.domain.classify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How many failures fell into one hour. Approximate: not for budgets.
 *
 * @param scope what it is counted by
 * @param queue the queue; empty where counted by node
 * @param category the category; empty where counted by node, or where failures had none
 * @param node the node; empty where counted by queue and category
 * @param hour the hour's beginning, UTC
 * @param failures in it so far
 */
public record FailureRate(
    Scope scope, String queue, String category, String node, Instant hour, long failures) {

  /** What a rate is counted by. */
  public enum Scope {
    QUEUE_CATEGORY,
    NODE
  }

  /**
   * The record key: scope, names (percent-encoded) and hour, so that the newest replaces others.
   */
  public String recordKey() {
    String names = scope == Scope.NODE ? encoded(node) : encoded(queue) + "/" + encoded(category);
    return scope + "/" + names + "/" + hour;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
