package io.faultline.rules.group;

import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one rule of a failure policy. */
final class FailurePolicyRuleReader {
  private static final int LONGEST_NAME = 128;

  // asked with matches(): Java's $ would let a final newline pass
  private static final Pattern NAME = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");

  private FailurePolicyRuleReader() {}

  static FailurePolicyRule read(YamlNode node, String defaultName, Optional<GroupShape> shape) {
    YamlMap map =
        node.map()
            .only(
                "name",
                "action",
                "onJobFailureReasons",
                "onJobFailureMessagePatterns",
                "targetReplicatedJobs",
                "onCategories");
    GroupAction action =
        map.require("action").word("action", List.of(GroupAction.values()), GroupAction::word);
    List<String> targets =
        map.listOrEmpty("targetReplicatedJobs").stream().map(n -> target(n, shape)).toList();
    FailurePolicyRule rule =
        new FailurePolicyRule(
            map.find("name").map(FailurePolicyRuleReader::name).orElse(defaultName),
            action,
            new HashSet<>(
                map.listOrEmpty("onJobFailureReasons").stream()
                    .map(FailurePolicyRuleReader::reason)
                    .toList()),
            map.listOrEmpty("onJobFailureMessagePatterns").stream().map(YamlNode::pattern).toList(),
            new HashSet<>(targets),
            new HashSet<>(
                map.listOrEmpty("onCategories").stream()
                    .map(FailurePolicyRuleReader::notEmpty)
                    .toList()));
    shape.ifPresent(s -> refuseTooMany(map.require("action"), rule, s));
    return rule;
  }

  private static String name(YamlNode node) {
    String name = node.text();
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw node.problem(
          "a rule's name is 1 to "
              + LONGEST_NAME
              + " letters, digits, \"_\", \",\" and \":\", begins with a letter and does not end with"
              + " \",\" or \":\"; not "
              + node.shown());
    }
    return name;
  }

  /** One of those that Kubernetes gives a Job. */
  static JobFailureReason reason(YamlNode node) {
    return node.word(
        "reason of a job's failure", List.of(JobFailureReason.values()), JobFailureReason::word);
  }

  private static String target(YamlNode node, Optional<GroupShape> shape) {
    shape.ifPresent(s -> replicatedJob(node, s));
    return notEmpty(node);
  }

  /** One of the set's. */
  static String replicatedJob(YamlNode node, GroupShape shape) {
    return node.word(
        "replicated job",
        shape.replicatedJobs().stream().map(ReplicatedJob::name).toList(),
        name -> name);
  }

  private static void refuseTooMany(YamlNode action, FailurePolicyRule rule, GroupShape shape) {
    if (rule.action().outcome() != GroupOutcome.RESTART_ONE) {
      return;
    }
    Set<String> targets = rule.targets();
    shape.replicatedJobs().stream()
        .filter(job -> targets.isEmpty() || targets.contains(job.name()))
        .filter(job -> job.replicas() > GroupShape.MOST_TO_RESTART_ALONE)
        .findFirst()
        .ifPresent(
            job -> {
              throw action.problem(
                  rule.action().word()
                      + " is only allowed for replicated jobs of at most "
                      + GroupShape.MOST_TO_RESTART_ALONE
                      + " replicas; \""
                      + job.name()
                      + "\" has "
                      + job.replicas());
            });
  }

  private static String notEmpty(YamlNode node) {
    String text = node.text();
    if (text.isEmpty()) {
      throw node.problem("text is expected, not \"\"");
    }
    return text;
  }
}
