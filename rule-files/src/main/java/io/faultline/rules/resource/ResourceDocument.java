package io.faultline.rules.resource;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.YamlNode;

/**
 * One document of a resource file.
 *
 * @param kind what it is
 * @param name its name
 * @param body the document as written, with its comments
 * @param node the document as read; its place is that in the file
 */
public record ResourceDocument(ResourceKind kind, String name, String body, YamlNode node) {

  /** Whether it is a plain document of categories, which does not say its kind and name itself. */
  public boolean plain() {
    return node.type() == YamlNode.Type.LIST || node.looseMap().find("kind").isEmpty();
  }
}
