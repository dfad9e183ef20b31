package io.faultline.rules.resource;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.table.RuleTestReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Tells by its keys what a document is, where its {@code kind} does not say it. */
public final class AnyDocument {

  private AnyDocument() {}

  /** Which kind of resource a document is, if it is one; a plain document of categories is. */
  public static Optional<ResourceKind> kind(YamlNode document) {
    if (document.type() == YamlNode.Type.LIST) {
      return Optional.of(ResourceKind.CATEGORIES);
    }
    YamlMap map = document.looseMap();
    if (map.find("kind").isPresent()) {
      return ResourceKind.ofWord(map.require("kind").text());
    }
    if (List.of("jobs", "jobSetId", RuleTestReader.CASES).stream()
        .anyMatch(key -> map.written(key).isPresent())) {
      return Optional.empty();
    }
    boolean policy =
        map.written("defaultAction").isPresent() || map.written("retryLimit").isPresent();
    return Optional.of(policy ? ResourceKind.RETRY_POLICY : ResourceKind.CATEGORIES);
  }

  /**
   * What in a document is hardly meant: a resource, a job file, a table test of rules, or a plain
   * document of categories.
   *
   * @throws RuleFileException where it is refused, or is none of these
   */
  public static List<LintWarning> lint(YamlNode document) {
    if (document.type() == YamlNode.Type.LIST) {
      return ResourceCheck.lint(ResourceKind.CATEGORIES, document);
    }
    YamlMap map = document.looseMap();
    if (map.find("kind").isPresent()) {
      ResourceKind kind =
          map.require("kind").word("kind", List.of(ResourceKind.values()), ResourceKind::word);
      return ResourceCheck.lint(kind, document);
    }
    if (map.written("jobs").isPresent() || map.written("jobSetId").isPresent()) {
      JobFile.read(document);
      return List.of();
    }
    if (map.written(RuleTestReader.CASES).isPresent()) {
      return RuleTestReader.lint(document);
    }
    if (map.written("defaultAction").isPresent() || map.written("retryLimit").isPresent()) {
      return ResourceCheck.lint(ResourceKind.RETRY_POLICY, document);
    }
    return ResourceCheck.lint(ResourceKind.CATEGORIES, document);
  }
}
