package io.faultline.rules.kubernetes;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads Events, of {@code v1} and of {@code events.k8s.io/v1}. */
final class EventsReader {

  private EventsReader() {}

  /** The events that name this pod or nothing, oldest first where they have times. */
  static List<PodEvent> read(YamlNode node, String podName, MessageCut cut) {
    return items(node).stream()
        .map(YamlNode::looseMap)
        .filter(event -> isAbout(event, podName))
        .sorted(Comparator.comparing(EventsReader::time))
        .map(event -> event(event, cut))
        .toList();
  }

  private static List<YamlNode> items(YamlNode node) {
    if (node.isNull()) {
      return List.of();
    }
    if (node.type() == YamlNode.Type.LIST) {
      return node.list();
    }
    YamlMap map = node.looseMap();
    String kind = map.textOrEmpty("kind");
    if (kind.equals("List") || kind.equals("EventList")) {
      return map.listOrEmpty("items");
    }
    if (kind.equals("Event")) {
      return List.of(node);
    }
    throw map.find("kind")
        .orElse(node)
        .problem("a list of Events is expected: a List, an EventList or a bare list");
  }

  private static boolean isAbout(YamlMap event, String podName) {
    Optional<YamlMap> object =
        event.find("involvedObject").or(() -> event.find("regarding")).map(YamlNode::looseMap);
    String kind = object.map(o -> o.textOrEmpty("kind")).orElse("");
    String name = object.map(o -> o.textOrEmpty("name")).orElse("");
    return (kind.isEmpty() || kind.equals("Pod"))
        && (name.isEmpty() || podName.isEmpty() || name.equals(podName));
  }

  /** As printed: RFC 3339 in UTC, which sorts as text. */
  private static String time(YamlMap event) {
    return Stream.of("lastTimestamp", "eventTime", "deprecatedLastTimestamp", "firstTimestamp")
        .map(event::textOrEmpty)
        .filter(time -> !time.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static PodEvent event(YamlMap event, MessageCut cut) {
    String message = event.textOrEmpty("message");
    return new PodEvent(
        event.textOrEmpty("type"),
        event.textOrEmpty("reason"),
        cut.head(message.isEmpty() ? event.textOrEmpty("note") : message));
  }
}
