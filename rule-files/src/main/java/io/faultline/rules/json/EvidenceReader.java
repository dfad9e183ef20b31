package io.faultline.rules.json;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.rules.kubernetes.PodConditions;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads evidence in the form that {@link EvidenceJson} writes. Only {@code kind} and, of a
 * container, {@code name} must be there. A container with neither exit code nor signal, reason or
 * message has not ended.
 */
public final class EvidenceReader {
  static final List<String> KEYS =
      List.of(
          "kind",
          "internalCause",
          "podReason",
          "podMessage",
          "podPhase",
          "podError",
          "node",
          "containers",
          "events",
          "retryAfter",
          "conditions");

  private EvidenceReader() {}

  /**
   * The evidence of one failure.
   *
   * @throws RuleFileException where a key is unknown or a value is not what it must be
   */
  public static Evidence read(YamlNode node) {
    return readKnown(node.map().only(KEYS));
  }

  static Evidence readKnown(YamlMap map) {
    return new Evidence(
        map.require("kind").word("kind", List.of(EvidenceKind.values()), EvidenceKind::word),
        map.find("internalCause").map(EvidenceReader::internalCause).orElse(null),
        map.textOrEmpty("podReason"),
        map.textOrEmpty("podMessage"),
        map.textOrEmpty("podPhase"),
        map.textOrEmpty("node"),
        map.listOrEmpty("containers").stream()
            .map(EvidenceReader::container)
            .sorted(Comparator.comparing(ContainerEvidence::role))
            .toList(),
        map.listOrEmpty("events").stream().map(EvidenceReader::event).toList(),
        map.textOrEmpty("podError"),
        map.find("retryAfter").map(EvidenceReader::instant).orElse(null),
        map.listOrEmpty("conditions").stream().map(EvidenceReader::condition).toList());
  }

  private static InternalCause internalCause(YamlNode node) {
    return node.word("internal cause", List.of(InternalCause.values()), InternalCause::subcategory);
  }

  private static ContainerEvidence container(YamlNode node) {
    YamlMap map =
        node.map()
            .only(
                "name",
                "exitCode",
                "signal",
                "reason",
                "message",
                "image",
                "waitingReason",
                "lastState",
                "init",
                "ephemeral");
    return new ContainerEvidence(
        map.require("name").text(),
        role(map),
        map.textOrEmpty("image"),
        termination(map).orElse(null),
        map.textOrEmpty("waitingReason"),
        map.find("lastState").flatMap(EvidenceReader::lastState).orElse(null));
  }

  private static ContainerRole role(YamlMap map) {
    boolean init = map.find("init").map(YamlNode::bool).orElse(false);
    boolean ephemeral = map.find("ephemeral").map(YamlNode::bool).orElse(false);
    if (init && ephemeral) {
      throw map.node().problem("a container is init or ephemeral, not both");
    }
    if (ephemeral) {
      return ContainerRole.EPHEMERAL;
    }
    return init ? ContainerRole.INIT : ContainerRole.REGULAR;
  }

  private static Optional<Termination> lastState(YamlNode node) {
    return termination(node.map().only("exitCode", "signal", "reason", "message"));
  }

  private static Optional<Termination> termination(YamlMap map) {
    Optional<YamlNode> exitCode = map.find("exitCode");
    String reason = map.textOrEmpty("reason");
    String message = map.textOrEmpty("message");
    int signal = map.find("signal").map(s -> (int) s.integer(0, Integer.MAX_VALUE)).orElse(0);
    if (exitCode.isEmpty()) {
      if (signal != 0 || !reason.isEmpty() || !message.isEmpty()) {
        throw map.node().problem("exitCode is missing: a container that ended has one");
      }
      return Optional.empty();
    }
    return Optional.of(new Termination(exitCode.get().int32(), signal, reason, message));
  }

  private static PodEvent event(YamlNode node) {
    YamlMap map = node.map().only("type", "reason", "message");
    return new PodEvent(
        map.textOrEmpty("type"), map.textOrEmpty("reason"), map.textOrEmpty("message"));
  }

  private static PodCondition condition(YamlNode node) {
    YamlMap map = node.map().only("type", "status", "reason", "message");
    return new PodCondition(
        map.require("type").text(),
        map.find("status").map(PodConditions::status).orElse("True"),
        map.textOrEmpty("reason"),
        map.textOrEmpty("message"));
  }

  /**
   * A time as RFC 3339 has it, in UTC.
   *
   * @throws RuleFileException where it is none
   */
  public static Instant instant(YamlNode node) {
    try {
      return Instant.parse(node.text());
    } catch (DateTimeParseException e) {
      throw node.problem(
          "a time such as \"2026-03-01T10:05:00Z\" is expected, not " + node.shown());
    }
  }
}
