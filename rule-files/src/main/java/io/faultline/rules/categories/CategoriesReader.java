package io.faultline.rules.categories;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Category;
import io.faultline.domain.classify.Names;
import io.faultline.domain.classify.PodAction;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads categories, in any form: the plain document, a bare list (the older form: enabled, without
 * defaults), either of them under {@code errorCategories} or {@code application.errorCategories} of
 * an executor's configuration, or under the spec of a resource of {@code kind: Categories}.
 */
public final class CategoriesReader {
  private CategoriesReader() {}

  /**
   * Reads a file.
   *
   * @param name the file's name as the user knows it
   * @throws RuleFileException where it is refused, with the place
   */
  public static Categories read(String name, String text) {
    return read(YamlFile.read(name, text).single());
  }

  /**
   * Reads a document. One that is not enabled is not judged: what stands under {@code categories}
   * is passed over.
   *
   * @throws RuleFileException where it is refused, with the place
   */
  public static Categories read(YamlNode node) {
    YamlNode document = CategoriesForms.document(node);
    return enabled(document) ? judged(document) : Categories.off();
  }

  /** As if it were enabled. */
  static Categories judged(YamlNode document) {
    if (document.type() == YamlNode.Type.LIST) {
      return Categories.of("", "", categories(document.list()));
    }
    YamlMap map = keys(document);
    return Categories.of(
        shortName("defaultCategory", map),
        shortName("defaultSubcategory", map),
        categories(map.listOrEmpty("categories")));
  }

  static boolean enabled(YamlNode document) {
    return document.type() == YamlNode.Type.LIST
        || keys(document).find("enabled").map(YamlNode::bool).orElse(false);
  }

  private static YamlMap keys(YamlNode document) {
    return document.map().only("enabled", "defaultCategory", "defaultSubcategory", "categories");
  }

  private static List<Category> categories(List<YamlNode> nodes) {
    Set<String> names = new HashSet<>();
    List<Category> categories = new ArrayList<>(nodes.size());
    for (YamlNode node : nodes) {
      YamlMap map = node.map().only("name", "action", "fatal", "rules");
      String name = name(map);
      if (!names.add(name)) {
        throw map.require("name").problem("the category \"" + name + "\" is repeated");
      }
      categories.add(
          new Category(
              name,
              action(map),
              map.find("fatal").map(YamlNode::bool).orElse(false),
              RuleReader.rules(map)));
    }
    return categories;
  }

  private static String name(YamlMap map) {
    String name = shortName("name", map);
    if (name.isEmpty()) {
      throw map.find("name")
          .orElse(map.node())
          .problem("a category needs a name of 1 to 63 bytes under the key \"name\"");
    }
    return name;
  }

  private static PodAction action(YamlMap map) {
    return map.find("action")
        .map(node -> node.word("action", List.of(PodAction.values()), PodAction::word))
        .orElse(PodAction.RETAIN);
  }

  /** Text of at most 63 bytes under a key; empty where it is absent. */
  static String shortName(String key, YamlMap map) {
    String name = map.textOrEmpty(key);
    try {
      Names.check(key, name);
    } catch (IllegalArgumentException e) {
      throw map.require(key).problem(e.getMessage());
    }
    return name;
  }
}
