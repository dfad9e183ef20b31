package io.faultline.rules.group;

import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.Settling;
import io.faultline.rules.yaml.GoDuration;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a set with failed members. */
public final class GroupFileReader {

  private GroupFileReader() {}

  /**
   * Reads it.
   *
   * @throws RuleFileException where it is refused, with the place
   */
  public static GroupFile read(YamlNode document) {
    YamlMap map =
        document
            .map()
            .only("name", "replicatedJobs", "status", "settleWindow", "settleLimit", "failedJobs");
    map.find("name").ifPresent(YamlNode::text);
    GroupShape shape =
        PolicyDocument.shape(
            map.require("replicatedJobs"), node -> node.map().only("name", "replicas"));
    GroupCounters counters =
        map.find("status")
            .map(status -> CountersReader.read(status, shape))
            .orElse(GroupCounters.NONE);
    return new GroupFile(
        shape, counters, settling(map), failed(map.require("failedJobs"), shape, counters));
  }

  /**
   * Refuses a failed job that can't start again alone, though a rule that asks for that applies to
   * it.
   *
   * @param document of the group
   */
  public static void refuseUnindexed(YamlNode document, GroupFile group, FailurePolicy policy) {
    List<YamlNode> nodes = document.map().require("failedJobs").list();
    for (int i = 0; i < nodes.size(); i++) {
      FailedMember failed = group.failed().get(i);
      if (!group.shape().canRestartAlone(failed.member())) {
        for (FailurePolicyRule rule : policy.rules()) {
          if (rule.action().outcome() == GroupOutcome.RESTART_ONE && rule.appliesTo(failed)) {
            throw nodes
                .get(i)
                .problem(
                    "the key \"index\" is missing, and the rule "
                        + rule.name()
                        + " applies to this job, whose action is "
                        + rule.action().word());
          }
        }
      }
    }
  }

  private static Optional<Settling> settling(YamlMap map) {
    Optional<YamlNode> limit = map.find("settleLimit");
    Optional<Duration> window = map.find("settleWindow").map(GroupFileReader::duration);
    if (window.isEmpty() && limit.isEmpty()) {
      return Optional.empty();
    }
    Duration gather = window.orElse(Settling.DEFAULT.window());
    Duration atMost =
        limit
            .map(GroupFileReader::duration)
            .orElse(
                gather.compareTo(Settling.DEFAULT.limit()) > 0 ? gather : Settling.DEFAULT.limit());
    if (atMost.compareTo(gather) < 0) {
      throw limit
          .orElseThrow()
          .problem(
              GoDuration.text(atMost)
                  + " is less than the settleWindow of "
                  + GoDuration.text(gather));
    }
    return Optional.of(new Settling(gather, atMost));
  }

  private static Duration duration(YamlNode node) {
    return GoDuration.parse(node.text())
        .orElseThrow(
            () -> node.problem("a duration such as \"2s\" is expected, not " + node.shown()));
  }

  private static List<FailedMember> failed(
      YamlNode list, GroupShape shape, GroupCounters counters) {
    if (list.list().isEmpty()) {
      throw list.problem("at least one failed job is expected");
    }
    Set<Object> starts = new HashSet<>();
    List<FailedMember> failed = new ArrayList<>();
    for (YamlNode node : list.list()) {
      FailedMember each = FailedMemberReader.read(node, shape, counters);
      if (!starts.add(List.of(each.name(), each.fence()))) {
        throw node.problem("the failed job \"" + each.name() + "\" is repeated");
      }
      JobIndex index = each.member().jobIndex();
      if (index != null && !starts.add(List.of(index, each.fence()))) {
        throw node.problem(
            "index " + index.index() + " of \"" + index.replicatedJob() + "\" is repeated");
      }
      failed.add(each);
    }
    return failed;
  }
}
