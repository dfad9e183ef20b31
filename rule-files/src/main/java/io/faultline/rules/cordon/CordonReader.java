package io.faultline.rules.cordon;

import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads a cordon. */
public final class CordonReader {
  /** The word in {@code kind}. */
  public static final String KIND = "Cordon";

  private static final int LONGEST_ID = 253;
  private static final int LONGEST_REASON = 1024;

  private CordonReader() {}

  /**
   * Reads the document of a cordon.
   *
   * @throws RuleFileException where it is not one, with the place
   */
  public static CordonDefinition read(YamlNode document) {
    YamlMap map =
        document
            .map()
            .only(List.of("apiVersion", "kind", "name", "queue", "executor", "drain", "reason"));
    ResourceHead.check(map, KIND);
    String name = ResourceHead.name(map);
    Optional<YamlNode> queue = map.find(Target.QUEUE.word());
    Optional<YamlNode> executor = map.find(Target.EXECUTOR.word());
    if (queue.isPresent() == executor.isPresent()) {
      throw executor.orElse(document).problem("exactly one is expected of: queue, executor");
    }
    return new CordonDefinition(
        name,
        queue.isPresent() ? Target.QUEUE : Target.EXECUTOR,
        queue
            .map(QueueReader::name)
            .or(() -> executor.map(node -> text(node, 1, LONGEST_ID)))
            .orElseThrow(),
        map.find("drain").map(YamlNode::bool).orElse(false),
        map.find("reason").map(node -> text(node, 0, LONGEST_REASON)).orElse(""));
  }

  private static String text(YamlNode node, int shortest, int longest) {
    String text = node.text();
    if (text.length() < shortest || text.length() > longest) {
      throw node.problem("a text of " + shortest + " to " + longest + " characters is expected");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw node.problem("a text of one line is expected, without control characters");
    }
    return text;
  }
}
