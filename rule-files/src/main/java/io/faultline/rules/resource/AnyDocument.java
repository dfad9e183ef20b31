package io.faultline.rules.resource;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.group.FailurePolicyLint;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.jobset.JobSetLint;
import io.faultline.rules.jobset.JobSetReader;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.table.RuleTestReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    if (!policy && FailurePolicyReader.isPolicy(map)) {
      return Optional.empty();
    }
    return Optional.of(policy ? ResourceKind.RETRY_POLICY : ResourceKind.CATEGORIES);
  }

  /**
   * What in a document is hardly meant: a resource, a manifest of JobSet, a job file, a table test
   * of rules, the failure policy of a set, or a plain document of categories.
   *
   * @throws RuleFileException where it is refused, or is none of these
   */
  public static List<LintWarning> lint(YamlNode document) {
    if (document.type() == YamlNode.Type.LIST) {
      return ResourceCheck.lint(ResourceKind.CATEGORIES, document);
    }
    YamlMap map = document.looseMap();
    Optional<YamlNode> kind = map.find("kind");
    if (kind.isPresent()) {
      String word = kind.get().word("kind", kinds(), each -> each);
      return word.equals(JobSetReader.KIND)
          ? JobSetLint.of(document)
          : ResourceCheck.lint(ResourceKind.ofWord(word).orElseThrow(), document);
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
    if (FailurePolicyReader.isPolicy(map)) {
      return FailurePolicyLint.of(document);
    }
    return ResourceCheck.lint(ResourceKind.CATEGORIES, document);
  }

  private static List<String> kinds() {
    return Stream.concat(
            Stream.of(ResourceKind.values()).map(ResourceKind::word), Stream.of(JobSetReader.KIND))
        .toList();
  }
}
