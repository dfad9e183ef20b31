package io.faultline.rules.categories;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;

/** Where in a file the document of categories stands. */
final class CategoriesForms {
  private static final String KEY = "errorCategories";

  private CategoriesForms() {}

  /**
   * The document itself: under {@code application.errorCategories} or {@code errorCategories}, as
   * in an executor's configuration, whose other keys are read past; under a resource's {@code
   * spec}; or the whole. It is a map, or in the older form a bare list.
   *
   * @throws RuleFileException where there is none
   */
  static YamlNode document(YamlNode node) {
    if (node.type() != YamlNode.Type.MAP) {
      return node;
    }
    YamlMap map = node.looseMap();
    if (map.find("kind").isPresent()) {
      return CategoriesResource.spec(node);
    }
    if (map.keys().contains("application")) {
      return map.require("application").looseMap().require(KEY);
    }
    return map.keys().contains(KEY) ? map.require(KEY) : node;
  }
}
