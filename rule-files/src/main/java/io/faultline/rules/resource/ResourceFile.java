package io.faultline.rules.resource;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Takes a resource file apart into its documents; each keeps the text it was written as. */
public final class ResourceFile {

  private ResourceFile() {}

  /**
   * The documents of a file, each checked by the reader of its kind. Empty documents are passed
   * over.
   *
   * @param name the file's name as the user knows it
   * @throws RuleFileException where a document is not a resource, with the place, or where there is
   *     no document at all
   */
  public static List<ResourceDocument> read(String name, String text) {
    List<ResourceDocument> documents = new ArrayList<>();
    for (YamlNode node : YamlFile.read(name, text).documents()) {
      if (!node.isNull()) {
        documents.add(document(node, text));
      }
    }
    if (documents.isEmpty()) {
      throw new RuleFileException(name, 0, 0, "", "the file is empty");
    }
    return List.copyOf(documents);
  }

  private static ResourceDocument document(YamlNode node, String text) {
    YamlMap map = node.map();
    if (map.find("kind").isEmpty()) {
      throw node.problem("the key \"kind\" is missing; allowed: " + String.join(", ", kinds()));
    }
    map.require("apiVersion").word("apiVersion", ResourceHead.API_VERSIONS, v -> v);
    ResourceKind kind =
        map.require("kind").word("kind", List.of(ResourceKind.values()), ResourceKind::word);
    ResourceCheck.check(kind, node);
    return new ResourceDocument(kind, map.require("name").text(), bodyAt(text, node.line()), node);
  }

  private static List<String> kinds() {
    return List.of(ResourceKind.values()).stream().map(ResourceKind::word).toList();
  }

  /**
   * The part of a file between document markers that holds a line. Within a document no line can
   * begin with a marker, not even in quotes or in a block.
   */
  private static String bodyAt(String text, int line) {
    StringBuilder body = new StringBuilder();
    int number = 0;
    for (String each : text.split("(?<=\n)|(?<=\r)(?!\n)", -1)) {
      number++;
      boolean marker = each.matches("(?s)(---|\\.\\.\\.)(\\s.*)?");
      if (marker && number > line) {
        break;
      }
      if (marker && !each.startsWith("--- ")) {
        body.setLength(0);
      } else if (marker) {
        body.setLength(0);
        body.append(each.substring(4));
      } else {
        body.append(each);
      }
    }
    return body.toString();
  }
}
