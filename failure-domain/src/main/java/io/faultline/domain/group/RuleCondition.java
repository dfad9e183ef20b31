package io.faultline.domain.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One thing that a rule asks of a failed job, with what is told of it.
 *
 * @param key in the file, or what it is about
 * @param expected in words
 * @param saw what the job has of it
 * @param test whether that is enough
 */
record RuleCondition(
    String key, String expected, Function<FailedMember, String> saw, Predicate<FailedMember> test) {

  boolean holds(FailedMember failed) {
    return test.test(failed);
  }

  /** What must hold for a rule to decide about a job, cheap ones first. */
  static List<RuleCondition> of(FailurePolicyRule rule, GroupShape shape) {
    List<RuleCondition> conditions = new ArrayList<>(asked(rule));
    if (rule.action().outcome() == GroupOutcome.RESTART_ONE) {
      conditions.add(
          new RuleCondition(
              "action",
              rule.action().word() + " of a job that can start again alone",
              failed -> {
                String obstacle = shape.obstacle(failed.member());
                return obstacle == null ? "a job that can" : "a job " + obstacle;
              },
              failed -> shape.canRestartAlone(failed.member())));
    }
    return conditions;
  }

  /** What the file asks. */
  static List<RuleCondition> asked(FailurePolicyRule rule) {
    List<RuleCondition> conditions = new ArrayList<>();
    conditions.add(
        new RuleCondition(
            "replicatedJob",
            "a job of a replicated job",
            failed -> named(failed.member().replicatedJob()),
            failed -> !failed.member().replicatedJob().isEmpty()));
    if (!rule.reasons().isEmpty()) {
      conditions.add(
          new RuleCondition(
              "onJobFailureReasons",
              listed(rule.reasons().stream().map(JobFailureReason::word).sorted().toList()),
              RuleCondition::reason,
              failed ->
                  failed.failure().reason() != null
                      && rule.reasons().contains(failed.failure().reason())));
    }
    if (!rule.targets().isEmpty()) {
      conditions.add(
          new RuleCondition(
              "targetReplicatedJobs",
              listed(rule.targets().stream().sorted().toList()),
              failed -> named(failed.member().replicatedJob()),
              failed -> rule.targets().contains(failed.member().replicatedJob())));
    }
    if (!rule.categories().isEmpty()) {
      conditions.add(
          new RuleCondition(
              "onCategories",
              listed(rule.categories().stream().sorted().toList()),
              failed -> named(String.join(", ", failed.failure().categories())),
              failed ->
                  failed.failure().categories().stream().anyMatch(rule.categories()::contains)));
    }
    if (!rule.messages().isEmpty()) {
      conditions.add(
          new RuleCondition(
              "onJobFailureMessagePatterns",
              listed(rule.messages().stream().map(Object::toString).toList()),
              failed -> named(failed.failure().message()),
              failed ->
                  rule.messages().stream()
                      .anyMatch(pattern -> pattern.find(failed.failure().message()))));
    }
    return conditions;
  }

  private static String reason(FailedMember failed) {
    JobFailureReason reason = failed.failure().reason();
    return reason == null ? "none" : reason.word();
  }

  private static String named(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static String listed(List<String> words) {
    return words.stream().collect(Collectors.joining(", ", words.size() > 1 ? "one of " : "", ""));
  }
}
