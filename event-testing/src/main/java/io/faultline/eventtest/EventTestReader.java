package io.faultline.eventtest;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what a test file expects. Armada's files are read as they are: the jobs in one document,
 * what is expected of them in the next. A file for a recorded stream may leave out the jobs; {@link
 * TestJobsReader} reads those.
 */
public final class EventTestReader {

  private static final String EXPECTED = "expectedEvents";

  /** What this reads, in either document. */
  private static final List<String> OURS =
      List.of("timeout", EXPECTED, "forbiddenEvents", "strict", "gangs");

  private EventTestReader() {}

  /**
   * Reads a file of one or two documents.
   *
   * @throws RuleFileException where it is not one, with the place and what is allowed
   */
  public static EventTest read(YamlFile file) {
    List<YamlMap> maps = documents(file);
    YamlNode expected =
        written(maps, EXPECTED)
            .orElseThrow(() -> last(maps).problem("the key \"" + EXPECTED + "\" is missing"));
    if (expected.isNull() || expected.list().isEmpty()) {
      throw expected.problem("at least one event is expected");
    }
    ExpectedEventReader.refuseWithin(expected.list().get(0));
    return new EventTest(
        find(maps, "timeout").map(ExpectedEventReader::duration).orElse(EventTest.DEFAULT_TIMEOUT),
        expected.list(ExpectedEventReader::expected),
        find(maps, "forbiddenEvents")
            .map(f -> f.list(ExpectedEventReader::forbidden))
            .orElse(List.of()),
        find(maps, "strict").map(YamlNode::bool).orElse(false),
        find(maps, "gangs").map(EventTestReader::gangs).orElse(null));
  }

  /** Whether a file means to be a test, by its keys. */
  public static boolean isTest(YamlFile file) {
    return file.documents().stream()
        .filter(document -> document.type() == YamlNode.Type.MAP)
        .map(YamlNode::looseMap)
        .anyMatch(map -> map.written(EXPECTED).isPresent());
  }

  /** The documents of a test file, of known keys only. */
  static List<YamlMap> documents(YamlFile file) {
    List<YamlNode> documents = file.documents().stream().filter(d -> !d.isNull()).toList();
    if (documents.isEmpty() || documents.size() > 2) {
      throw new RuleFileException(
          file.name(), 1, 1, "", "one or two documents are expected, not " + documents.size());
    }
    List<String> keys = Stream.concat(OURS.stream(), TestJobsReader.KEYS.stream()).toList();
    return documents.stream().map(d -> d.map().only(keys)).toList();
  }

  /** The value of a key, which may stand in one of the documents; empty where it is null. */
  static Optional<YamlNode> find(List<YamlMap> documents, String key) {
    return written(documents, key).filter(value -> !value.isNull());
  }

  /** The value of a key, null included. */
  static Optional<YamlNode> written(List<YamlMap> documents, String key) {
    List<YamlNode> found = documents.stream().flatMap(map -> map.written(key).stream()).toList();
    if (found.size() > 1) {
      throw found.get(1).problem("stands in both documents");
    }
    return found.stream().findFirst();
  }

  private static YamlNode last(List<YamlMap> maps) {
    return maps.get(maps.size() - 1).node();
  }

  private static ExpectedGangs gangs(YamlNode node) {
    YamlMap map = node.map().only("size", "sameEnd", "together");
    return new ExpectedGangs(
        map.find("size").map(n -> (int) n.integer(1, Integer.MAX_VALUE)).orElse(null),
        map.find("sameEnd").map(YamlNode::bool).orElse(false),
        map.find("together").map(YamlNode::bool).orElse(false));
  }
}
