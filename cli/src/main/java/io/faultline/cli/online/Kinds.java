package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.client.Kind;
import io.faultline.domain.resource.ResourceKind;

/** The words by which commands name the kinds of resources. */
final class Kinds {
  static final String WORDS = "queue, categories, policy, cordon";

  private Kinds() {}

  /** The kind as the client has it. */
  static Kind client(ResourceKind kind) {
    return switch (kind) {
      case QUEUE -> Kind.QUEUE;
      case CATEGORIES -> Kind.CATEGORIES;
      case RETRY_POLICY -> Kind.RETRY_POLICY;
      case CORDON -> Kind.CORDON;
    };
  }

  /** The word that {@link #of} knows it by. */
  static String word(ResourceKind kind) {
    return switch (kind) {
      case QUEUE -> "queue";
      case CATEGORIES -> "categories";
      case RETRY_POLICY -> "retry-policy";
      case CORDON -> "cordon";
    };
  }

  /** Refuses every word but one. */
  static void only(String word, String allowed) {
    if (!word.equals(allowed)) {
      throw new CliException(
          ExitCode.BAD_INPUT, "unknown kind \"" + word + "\"; allowed: " + allowed);
    }
  }

  static ResourceKind of(String word) {
    return switch (word) {
      case "queue", "queues" -> ResourceKind.QUEUE;
      case "categories" -> ResourceKind.CATEGORIES;
      case "policy", "policies", "retry-policy", "retry-policies" -> ResourceKind.RETRY_POLICY;
      case "cordon", "cordons" -> ResourceKind.CORDON;
      default ->
          throw new CliException(
              ExitCode.BAD_INPUT, "unknown kind \"" + word + "\"; allowed: " + WORDS);
    };
  }
}
