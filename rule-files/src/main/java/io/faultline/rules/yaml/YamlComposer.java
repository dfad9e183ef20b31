package io.faultline.rules.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes nodes of the parser's events. Written here, and not left to the library, so that the depth
 * and what aliases expand to are bounded, and every node keeps its place.
 */
final class YamlComposer {
  static final int DEEPEST = 100;

  /** All nodes, an alias counted as often as it is used. 10,000 rules have some 150,000. */
  private static final int MOST_NODES = 2_000_000;

  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private final String file;
  private final String text;
  private final Map<Anchor, Composed> anchors = new HashMap<>();
  private Iterator<Event> events;

  /** A node, and how many nodes it stands for. */
  private record Composed(YamlNode node, int weight) {}

  YamlComposer(String file, String text) {
    this.file = file;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  List<YamlNode> compose() {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
    List<YamlNode> documents = new ArrayList<>();
    try {
      events = new Parse(settings).parseString(text).iterator();
      while (events.hasNext()) {
        if (events.next().getEventId() == Event.ID.DocumentStart) {
          anchors.clear();
          documents.add(node(events.next(), YamlPath.ROOT, 0).node());
        }
      }
    } catch (MarkedYamlEngineException e) {
      throw notYaml(e);
    } catch (ReaderException e) {
      throw unreadableCharacter(e);
    } catch (YamlEngineException e) {
      throw new RuleFileException(file, 0, 0, "", "not YAML: " + Shown.text(e.getMessage()));
    }
    return documents;
  }

  private Composed node(Event event, YamlPath path, int depth) {
    if (event instanceof AliasEvent alias) {
      Composed target = anchors.get(alias.getAlias());
      if (target == null) {
        throw problem(event, path, "the alias *" + alias.getAlias() + " has no anchor before it");
      }
      return target;
    }
    if (depth > DEEPEST) {
      throw problem(event, path, "nested more than " + DEEPEST + " deep");
    }
    Composed composed =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event, path);
          case SequenceStart -> list((CollectionStartEvent) event, path, depth);
          case MappingStart -> map((CollectionStartEvent) event, path, depth);
          default -> throw problem(event, path, "not expected here: " + event.getEventId());
        };
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, composed));
    return composed;
  }

  private Composed scalar(ScalarEvent event, YamlPath path) {
    String value = event.getValue();
    if (unpairedSurrogate(value)) {
      throw problem(event, path, "half of a surrogate pair is not a character");
    }
    YamlScalar scalar =
        switch (event.getTag().orElse("")) {
          case "" -> event.isPlain() ? plain(event, path) : YamlScalar.text(value);
          case "!", STANDARD_TAG + "str" -> YamlScalar.text(value);
          default -> throw problem(event, path, "the tag " + event.getTag().get() + " is not read");
        };
    return composed(event, path, scalar.type(), scalar.value(), 1);
  }

  private YamlScalar plain(ScalarEvent event, YamlPath path) {
    return YamlScalar.plain(event.getValue())
        .orElseThrow(
            () ->
                problem(
                    event,
                    path,
                    Shown.text(event.getValue())
                        + " is read differently by different readers; write a decimal number"
                        + " without leading zeros, or put it in quotes"));
  }

  private Composed list(CollectionStartEvent event, YamlPath path, int depth) {
    refuseTag(event, path, "seq");
    List<YamlNode> items = new ArrayList<>();
    int weight = 1;
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      Composed item = node(next, path.item(items.size()), depth + 1);
      weight = add(next, path, weight, item);
      items.add(item.node());
    }
    return composed(event, path, YamlNode.Type.LIST, List.copyOf(items), weight);
  }

  private Composed map(CollectionStartEvent event, YamlPath path, int depth) {
    refuseTag(event, path, "map");
    YamlMap map = new YamlMap();
    List<YamlNode> merged = new ArrayList<>();
    int weight = 1;
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      if (!(next instanceof ScalarEvent key)) {
        throw problem(next, path, "a key must be text");
      }
      Composed value = node(events.next(), path.key(key.getValue()), depth + 1);
      weight = add(next, path, weight, value);
      if (key.isPlain() && key.getValue().equals("<<")) {
        merged.add(value.node());
      } else {
        map.put(new YamlMap.Entry(key.getValue(), line(next), column(next), value.node()));
      }
    }
    merged.forEach(source -> merge(map, source));
    Composed composed = composed(event, path, YamlNode.Type.MAP, map, weight);
    map.belongTo(composed.node());
    return composed;
  }

  private static void merge(YamlMap map, YamlNode source) {
    if (source.type() == YamlNode.Type.LIST) {
      source.list().forEach(each -> map.merge(each.looseMap()));
    } else {
      map.merge(source.looseMap());
    }
  }

  private int add(Event event, YamlPath path, int weight, Composed part) {
    int sum = weight + part.weight();
    if (sum > MOST_NODES) {
      throw problem(
          event, path, "aliases expand this to more than " + MOST_NODES + " values; write fewer");
    }
    return sum;
  }

  private Composed composed(
      Event event, YamlPath path, YamlNode.Type type, Object value, int weight) {
    return new Composed(new YamlNode(file, line(event), column(event), path, type, value), weight);
  }

  private void refuseTag(CollectionStartEvent event, YamlPath path, String allowed) {
    String tag = event.getTag().orElse("");
    if (!tag.isEmpty() && !tag.equals("!") && !tag.equals(STANDARD_TAG + allowed)) {
      throw problem(event, path, "the tag " + tag + " is not read");
    }
  }

  static boolean unpairedSurrogate(String value) {
    return value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private RuleFileException problem(Event event, YamlPath path, String problem) {
    return new RuleFileException(file, line(event), column(event), path.toString(), problem);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static int column(Event event) {
    return event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
  }

  private RuleFileException notYaml(MarkedYamlEngineException e) {
    int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
    int column = e.getProblemMark().map(Mark::getColumn).orElse(-1) + 1;
    String context = e.getContext() == null ? "" : e.getContext() + ", ";
    return new RuleFileException(
        file, line, column, "", "not YAML: " + Shown.text(context + e.getProblem()));
  }

  private RuleFileException unreadableCharacter(ReaderException e) {
    int line = 1;
    int column = 1;
    int found = e.getCodePoint();
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int c = text.codePointAt(at);
      if (!StreamReader.isPrintable(c)) {
        found = c;
        break;
      }
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return new RuleFileException(
        file,
        line,
        column,
        "",
        String.format("the character U+%04X can't stand in a file; write it as an escape", found));
  }
}
