package io.faultline.rules.resource;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.categories.CategoriesLint;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.cordon.CordonReader;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.policy.RetryPolicyLint;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;

/** Reads a document with the reader of its kind. */
public final class ResourceCheck {

  private ResourceCheck() {}

  /**
   * Refuses a document that its reader refuses.
   *
   * @throws RuleFileException with the place
   */
  public static void check(ResourceKind kind, YamlNode document) {
    switch (kind) {
      case QUEUE -> QueueReader.read(document);
      case RETRY_POLICY -> RetryPolicyReader.read(document);
      case CATEGORIES -> CategoriesReader.read(document);
      case CORDON -> CordonReader.read(document);
    }
  }

  /**
   * What in a document is hardly meant.
   *
   * @throws RuleFileException where it is refused
   */
  public static List<LintWarning> lint(ResourceKind kind, YamlNode document) {
    return switch (kind) {
      case QUEUE -> QueueReader.lint(document);
      case RETRY_POLICY -> RetryPolicyLint.of(document);
      case CATEGORIES -> CategoriesLint.of(document);
      case CORDON -> {
        CordonReader.read(document);
        yield List.of();
      }
    };
  }
}
