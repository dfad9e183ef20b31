package io.faultline.rules.resource;

import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;

/**
 * A set of categories as a resource: {@code kind: Categories} with the document under {@code spec},
 * or the plain document, which has no name of its own.
 */
public final class CategoriesDocument {
  /** The word in {@code kind}. */
  public static final String KIND = "Categories";

  private CategoriesDocument() {}

  /** The document of categories within a resource; the node itself where it is a plain one. */
  public static YamlNode spec(YamlNode document) {
    if (document.type() != YamlNode.Type.MAP || document.looseMap().find("kind").isEmpty()) {
      return document;
    }
    YamlMap map = document.map().only("apiVersion", "kind", "name", "spec");
    ResourceHead.check(map, KIND);
    ResourceHead.name(map);
    return map.require("spec");
  }

  /**
   * Refuses what is no document of categories.
   *
   * @throws RuleFileException with the place
   */
  static void read(YamlNode document) {
    spec(document);
  }

  static List<LintWarning> lint(YamlNode document) {
    spec(document);
    return List.of();
  }
}
