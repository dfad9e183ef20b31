package io.faultline.rules.job;

import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one job of a job file. */
final class JobReader {
  private static final int LONGEST_ID = 255;
  private static final int MOST_GANG_MEMBERS = 100_000;

  /** What annotations of ours begin with; Armada's mean the same. */
  private static final List<String> PREFIXES = List.of("faultline.io/", "armadaproject.io/");

  private JobReader() {}

  static JobSubmission read(YamlNode node) {
    YamlMap map =
        node.map()
            .only(
                "priority",
                "namespace",
                "clientId",
                "labels",
                "annotations",
                "podSpec",
                "podSpecs",
                // Armada's, which have no meaning here
                "ingress",
                "services",
                "scheduler",
                "requiredNodeLabels");
    Optional<YamlNode> annotations = map.find("annotations");
    Optional<YamlNode> gangId = annotation(annotations, "gangId");
    Optional<YamlNode> cardinality = annotation(annotations, "gangCardinality");
    if (gangId.isPresent() != cardinality.isPresent()) {
      throw annotations.orElse(node).problem("gangId and gangCardinality go together");
    }
    return new JobSubmission(
        map.find("clientId").map(n -> JobFile.line(n, LONGEST_ID)).orElse(""),
        map.find("namespace").map(ResourceHead::dnsLabel).orElse("default"),
        map.find("priority").map(n -> n.decimal().doubleValue()).orElse(0.0),
        texts(map, "labels"),
        texts(map, "annotations"),
        gangId.map(n -> JobFile.line(n, LONGEST_ID)),
        cardinality.map(JobReader::cardinality).orElse(1),
        annotation(annotations, "failFast").map(JobReader::failFast).orElse(false),
        PodSpecReader.read(podSpec(node, map)));
  }

  private static Map<String, String> texts(YamlMap map, String key) {
    Map<String, String> texts = new HashMap<>();
    map.find(key)
        .map(YamlNode::map)
        .ifPresent(m -> m.keys().forEach(k -> texts.put(k, m.textOrEmpty(k))));
    return texts;
  }

  private static Optional<YamlNode> annotation(Optional<YamlNode> annotations, String name) {
    List<YamlNode> found =
        annotations.stream()
            .map(YamlNode::map)
            .flatMap(map -> PREFIXES.stream().map(prefix -> map.find(prefix + name)))
            .flatMap(Optional::stream)
            .toList();
    if (found.size() == 2 && !found.get(0).text().equals(found.get(1).text())) {
      throw found
          .get(1)
          .problem(
              found.get(1).shown()
                  + " contradicts "
                  + found.get(0).shown()
                  + " in "
                  + PREFIXES.get(0)
                  + name);
    }
    return found.stream().findFirst();
  }

  private static int cardinality(YamlNode node) {
    String text = node.text();
    if (text.matches("[0-9]{1,6}")) {
      int members = Integer.parseInt(text);
      if (members >= 1 && members <= MOST_GANG_MEMBERS) {
        return members;
      }
    }
    throw node.problem(
        "a number from 1 to " + MOST_GANG_MEMBERS + " in quotes is expected, not " + node.shown());
  }

  private static boolean failFast(YamlNode node) {
    return node.word("failFast", List.of(true, false), b -> Boolean.toString(b));
  }

  private static YamlNode podSpec(YamlNode job, YamlMap map) {
    Optional<YamlNode> one = map.find("podSpec");
    List<YamlNode> several = map.listOrEmpty("podSpecs");
    if (one.isPresent() == !several.isEmpty()) {
      throw job.problem("exactly one is expected of: podSpec, podSpecs");
    }
    if (several.size() > 1) {
      throw several.get(1).problem("one pod spec is allowed, and here a second one begins");
    }
    return one.orElseGet(() -> several.get(0));
  }
}
