package io.faultline.classifier;

import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRate.Scope;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What failures are counted by, apart from the hour.
 *
 * @param scope by queue and category, or by node
 * @param first the queue, or the node
 * @param category empty where counted by node
 */
record RateKey(Scope scope, String first, String category) {

  static RateKey ofQueue(String queue, String category) {
    return new RateKey(Scope.QUEUE_CATEGORY, queue, category);
  }

  static RateKey ofNode(String node) {
    return new RateKey(Scope.NODE, node, "");
  }

  static RateKey of(FailureRate rate) {
    return rate.scope() == Scope.NODE
        ? ofNode(rate.node())
        : ofQueue(rate.queue(), rate.category());
  }

  /** As it stands in keys; names may hold anything, so they are percent-encoded. */
  String text() {
    return scope + "/" + encoded(first) + "/" + encoded(category);
  }

  static RateKey parse(String text) {
    String[] parts = text.split("/", -1);
    return new RateKey(Scope.valueOf(parts[0]), decoded(parts[1]), decoded(parts[2]));
  }

  FailureRate rate(Instant hour, long failures) {
    return scope == Scope.NODE
        ? new FailureRate(scope, "", "", first, hour, failures)
        : new FailureRate(scope, first, category, "", hour, failures);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static String decoded(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
