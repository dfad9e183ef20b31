package io.faultline.rules.categories;

import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;

/** A set of categories as a resource: {@code kind: Categories} with the document under its spec. */
public final class CategoriesResource {
  /** The word in {@code kind}. */
  public static final String KIND = "Categories";

  private CategoriesResource() {}

  /**
   * The document of categories within a resource.
   *
   * @throws RuleFileException where it is not such a resource
   */
  public static YamlNode spec(YamlNode resource) {
    YamlMap map = resource.map().only("apiVersion", "kind", "name", "spec");
    ResourceHead.check(map, KIND);
    ResourceHead.name(map);
    return map.require("spec");
  }
}
