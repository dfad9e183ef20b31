package io.faultline.rules.kubernetes;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Set;

/** Conditions of pods: which are evidence of an end, and the words of their status. */
public final class PodConditions {

  /** Conditions that Kubernetes itself gives every pod in its life: none of them ends one. */
  private static final Set<String> ORDINARY =
      Set.of(
          "PodScheduled",
          "PodReadyToStartContainers",
          "Initialized",
          "ContainersReady",
          "Ready",
          "PodResizePending",
          "PodResizeInProgress");

  private static final List<String> STATUSES = List.of("True", "False", "Unknown");

  private PodConditions() {}

  /** Whether a condition of this type belongs to every pod's life and says nothing of an end. */
  public static boolean ordinary(String type) {
    return ORDINARY.contains(type);
  }

  /** A pod's conditions, but for the ordinary ones. */
  static List<PodCondition> read(YamlMap status, MessageCut cut) {
    return status.listOrEmpty("conditions").stream()
        .map(YamlNode::looseMap)
        .filter(condition -> !ordinary(condition.textOrEmpty("type")))
        .map(condition -> condition(condition, cut))
        .toList();
  }

  private static PodCondition condition(YamlMap condition, MessageCut cut) {
    return new PodCondition(
        condition.require("type").text(),
        known(condition.textOrEmpty("status")),
        cut.head(condition.textOrEmpty("reason")),
        cut.head(condition.textOrEmpty("message")));
  }

  private static String known(String status) {
    return STATUSES.contains(status) ? status : "Unknown";
  }

  /**
   * The status of a condition, as a person writes it.
   *
   * @throws RuleFileException where it is none of True, False and Unknown, in quotes
   */
  public static String status(YamlNode node) {
    return node.word("status", STATUSES, word -> word);
  }
}
