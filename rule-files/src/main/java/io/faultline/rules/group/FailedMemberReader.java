package io.faultline.rules.group;

import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobFailure;
import io.faultline.rules.json.EvidenceReader;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads one failed member of a set. */
final class FailedMemberReader {

  private FailedMemberReader() {}

  static FailedMember read(YamlNode node, GroupShape shape, GroupCounters counters) {
    YamlMap map =
        node.map()
            .only(
                "name",
                "replicatedJob",
                "index",
                "reason",
                "message",
                "category",
                "categories",
                "finishedAt",
                "knownAt",
                "exitCode",
                "signal",
                "lostPeer",
                "toldToStop",
                "generation",
                "attempt");
    GroupMember member = member(map, shape);
    Instant failedAt = EvidenceReader.instant(map.require("finishedAt"));
    return new FailedMember(
        member,
        fence(map, Fence.of(member, counters)),
        new JobFailure(
            map.find("reason")
                .filter(n -> !n.text().isEmpty())
                .map(FailurePolicyRuleReader::reason)
                .orElse(null),
            map.textOrEmpty("message"),
            categories(map)),
        failedAt,
        map.find("knownAt").map(EvidenceReader::instant).orElse(failedAt),
        endedBy(map),
        map.find("toldToStop").map(YamlNode::bool).orElse(false));
  }

  private static GroupMember member(YamlMap map, GroupShape shape) {
    YamlNode name = map.require("name");
    if (name.text().isEmpty()) {
      throw name.problem("a name is expected, not \"\"");
    }
    String of = map.textOrEmpty("replicatedJob");
    if (of.isEmpty()) {
      return new GroupMember(
          name.text(),
          of,
          map.find("index").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(null));
    }
    FailurePolicyRuleReader.replicatedJob(map.require("replicatedJob"), shape);
    int replicas = shape.find(of).replicas();
    return new GroupMember(
        name.text(), of, map.find("index").map(n -> index(n, of, replicas)).orElse(null));
  }

  private static int index(YamlNode node, String replicatedJob, int replicas) {
    if (replicas == 0) {
      throw node.problem("\"" + replicatedJob + "\" has no replicas");
    }
    return (int) node.integer(0, replicas - 1L);
  }

  private static List<String> categories(YamlMap map) {
    Set<String> categories = new LinkedHashSet<>();
    map.find("category").map(YamlNode::text).filter(c -> !c.isEmpty()).ifPresent(categories::add);
    map.find("categories").map(n -> n.list(YamlNode::text)).ifPresent(categories::addAll);
    return new ArrayList<>(categories);
  }

  private static EndedBy endedBy(YamlMap map) {
    if (map.find("lostPeer").map(YamlNode::bool).orElse(false)) {
      return EndedBy.LOST_PEER;
    }
    return EndedBy.of(
        map.find("exitCode").map(YamlNode::int32).orElse(null),
        map.find("signal").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(null));
  }

  /** Of the start that runs now, unless an older one is written. */
  private static Fence fence(YamlMap map, Fence now) {
    return new Fence(
        map.find("generation")
            .map(n -> (int) n.integer(0, now.generation()))
            .orElse(now.generation()),
        map.find("attempt").map(n -> (int) n.integer(0, now.attempt())).orElse(now.attempt()));
  }
}
