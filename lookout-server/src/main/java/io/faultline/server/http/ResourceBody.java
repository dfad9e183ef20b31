package io.faultline.server.http;

import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.resource.ResourceCheck;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import io.faultline.server.control.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resource as it was sent, judged by the readers that the services use.
 *
 * @param name its name, the document's or the path's
 * @param text the document as written
 * @param document the same, read
 * @param references what it names
 * @param warnings what in it is hardly meant
 */
record ResourceBody(
    String name,
    String text,
    YamlNode document,
    List<ResourceRef> references,
    List<LintWarning> warnings) {

  private static final String FILE = "body";

  /**
   * Reads a document.
   *
   * @param given the name in the path; the document's must be the same where it has one
   */
  static ResourceBody read(ResourceKind kind, String text, Optional<String> given) {
    YamlNode document = YamlFile.read(FILE, text).single();
    ResourceCheck.check(kind, document);
    String name = name(kind, document, given);
    return new ResourceBody(
        name, text, document, references(kind, document), ResourceCheck.lint(kind, document));
  }

  private static String name(ResourceKind kind, YamlNode document, Optional<String> given) {
    YamlMap map = document.looseMap();
    // a plain document of categories has no name of its own
    Optional<YamlNode> written =
        kind == ResourceKind.CATEGORIES && map.find("kind").isEmpty()
            ? Optional.empty()
            : Optional.of(map.require("name"));
    if (written.isPresent()) {
      given
          .filter(name -> !name.equals(written.get().text()))
          .ifPresent(
              name -> {
                throw written
                    .get()
                    .problem(
                        "the path names '" + name + "', and the document " + written.get().shown());
              });
      return written.get().text();
    }
    String name =
        given.orElseThrow(
            () -> Query.refused("the document has no name; give it as query parameter 'name'"));
    if (!ResourceHead.isDnsLabel(name)) {
      throw Query.refused(
          "the name '"
              + name
              + "' is not allowed; allowed: lower-case letters, digits and - inside, at most 63");
    }
    return name;
  }

  private static List<ResourceRef> references(ResourceKind kind, YamlNode document) {
    List<ResourceRef> references = new ArrayList<>();
    if (kind == ResourceKind.QUEUE) {
      QueueDefinition queue = QueueReader.read(document);
      for (String policy : queue.retryPolicies()) {
        references.add(new ResourceRef(ResourceKind.RETRY_POLICY, policy));
      }
      if (!queue.shadowPolicy().isEmpty()) {
        references.add(new ResourceRef(ResourceKind.RETRY_POLICY, queue.shadowPolicy()));
      }
      document
          .map()
          .find("categories")
          .ifPresent(n -> references.add(new ResourceRef(ResourceKind.CATEGORIES, n.text())));
    }
    return references;
  }
}
