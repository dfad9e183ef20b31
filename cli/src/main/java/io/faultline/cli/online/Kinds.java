package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.domain.resource.ResourceKind;

/** The words by which commands name the kinds of resources. */
final class Kinds {
  static final String WORDS = "queue, categories, policy";

  private Kinds() {}

  static ResourceKind of(String word) {
    return switch (word) {
      case "queue", "queues" -> ResourceKind.QUEUE;
      case "categories" -> ResourceKind.CATEGORIES;
      case "policy", "policies", "retry-policy", "retry-policies" -> ResourceKind.RETRY_POLICY;
      default ->
          throw new CliException(
              ExitCode.BAD_INPUT, "unknown kind \"" + word + "\"; allowed: " + WORDS);
    };
  }
}
