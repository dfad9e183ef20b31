package io.faultline.rules.queue;

import io.faultline.domain.resource.QueueDefinition;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a queue, ours or Armada's. */
public final class QueueReader {
  /** The word in {@code kind}. */
  public static final String KIND = "Queue";

  /** What a queue's name is, for messages. */
  public static final String NAME_ALLOWED =
      "letters, digits, and -, _ or . inside, at most 63 characters";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final int MOST_POLICIES = 10;

  private static final List<String> OURS =
      List.of(
          "apiVersion",
          "kind",
          "name",
          "priorityFactor",
          "retryPolicy",
          "retryPolicies",
          "shadowPolicy",
          "categories");

  /** What Armada's queues have besides; read past. */
  private static final List<String> PEERS =
      List.of(
          "permissions",
          "userOwners",
          "groupOwners",
          "resourceLimits",
          "resourceLimitsByPriorityClassName",
          "cordoned",
          "labels");

  private QueueReader() {}

  /**
   * Reads the document of a queue.
   *
   * @throws RuleFileException where it is not one, with the place
   */
  public static QueueDefinition read(YamlNode document) {
    List<String> allowed = new ArrayList<>(OURS);
    allowed.addAll(PEERS);
    YamlMap map = document.map().only(allowed);
    ResourceHead.check(map, KIND);
    return new QueueDefinition(
        name(map.require("name")),
        map.find("priorityFactor").map(QueueReader::priorityFactor).orElse(1.0),
        retryPolicies(map),
        map.find("shadowPolicy").map(ResourceHead::dnsLabel).orElse(""),
        map.find("categories").map(ResourceHead::dnsLabel).orElse(QueueDefinition.CATEGORIES));
  }

  /**
   * What is read past in a queue's document.
   *
   * @throws RuleFileException where it is not one
   */
  public static List<LintWarning> lint(YamlNode document) {
    read(document);
    YamlMap map = document.map();
    return PEERS.stream()
        .map(map::find)
        .flatMap(Optional::stream)
        .map(n -> LintWarning.at(n, "has no effect here"))
        .toList();
  }

  /** A queue's name, wherever it is written. */
  public static String name(YamlNode node) {
    String name = node.text();
    if (!NAME.matcher(name).matches()) {
      throw node.problem("a queue's name is " + NAME_ALLOWED + ", not " + node.shown());
    }
    return name;
  }

  private static double priorityFactor(YamlNode node) {
    double factor = node.decimal().doubleValue();
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw node.problem("a number greater than 0 is expected, not " + node.shown());
    }
    return factor;
  }

  private static List<String> retryPolicies(YamlMap map) {
    Optional<YamlNode> one = map.find("retryPolicy").filter(n -> !n.text().isEmpty());
    List<YamlNode> several = map.listOrEmpty("retryPolicies");
    if (one.isPresent() && !several.isEmpty()) {
      throw map.require("retryPolicies")
          .problem("only one is allowed of: retryPolicy, retryPolicies");
    }
    if (one.isPresent()) {
      return List.of(ResourceHead.dnsLabel(one.get()));
    }
    List<String> names = new ArrayList<>();
    for (YamlNode node : several) {
      String name = ResourceHead.dnsLabel(node);
      if (names.contains(name)) {
        throw node.problem("the policy " + node.shown() + " is repeated");
      }
      if (names.size() == MOST_POLICIES) {
        throw node.problem("at most " + MOST_POLICIES + " policies are allowed");
      }
      names.add(name);
    }
    return names;
  }
}
