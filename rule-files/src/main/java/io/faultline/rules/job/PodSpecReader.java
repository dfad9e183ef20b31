package io.faultline.rules.job;

import io.faultline.domain.resources.Quantity;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks of a pod spec what every executor looks at, so that a mistake in it is said with its place
 * when a job is submitted. The rest belongs to Kubernetes and is passed on.
 */
public final class PodSpecReader {
  private static final int MOST_SECONDS = Integer.MAX_VALUE;

  private PodSpecReader() {}

  /** The pod spec as JSON. */
  static String read(YamlNode node) {
    check(node);
    return YamlJson.of(node).toString();
  }

  /**
   * Refuses a pod spec that no executor could use.
   *
   * @throws RuleFileException with the place
   */
  public static void check(YamlNode node) {
    YamlMap map = node.map();
    YamlNode containers = map.require("containers");
    if (containers.list().isEmpty()) {
      throw containers.problem("at least one container is expected");
    }
    Set<String> names = new HashSet<>();
    containers.list().forEach(c -> container(c, names));
    map.listOrEmpty("initContainers").forEach(c -> container(c, names));
    map.find("activeDeadlineSeconds").ifPresent(n -> n.integer(1, MOST_SECONDS));
    map.find("terminationGracePeriodSeconds").ifPresent(n -> n.integer(0, MOST_SECONDS));
    map.find("restartPolicy")
        .ifPresent(n -> n.word("restartPolicy", List.of("Never", "OnFailure", "Always"), w -> w));
  }

  private static void container(YamlNode node, Set<String> names) {
    YamlMap map = node.map();
    YamlNode name = map.require("name");
    if (!names.add(ResourceHead.dnsLabel(name))) {
      throw name.problem("the container's name " + name.shown() + " is repeated");
    }
    map.find("image").ifPresent(YamlNode::text);
    map.listOrEmpty("command").forEach(YamlNode::text);
    map.listOrEmpty("args").forEach(YamlNode::text);
    map.listOrEmpty("env").forEach(env -> env.map().require("name").text());
    map.find("resources")
        .map(YamlNode::map)
        .ifPresent(
            resources -> {
              resources.find("requests").ifPresent(PodSpecReader::quantities);
              resources.find("limits").ifPresent(PodSpecReader::quantities);
            });
  }

  private static void quantities(YamlNode node) {
    YamlMap map = node.map();
    for (String resource : map.keys()) {
      map.find(resource).ifPresent(PodSpecReader::quantity);
    }
  }

  private static void quantity(YamlNode node) {
    String text =
        node.type() == YamlNode.Type.NUMBER ? node.decimal().toPlainString() : node.text();
    if (Quantity.parse(text).isEmpty()) {
      throw node.problem(Quantity.ALLOWED + " is expected, not " + node.shown());
    }
  }
}
