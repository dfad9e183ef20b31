package io.faultline.schemas.wire;

import io.faultline.domain.classify.matcher.OnExitCodes.Operator;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailureAction;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.domain.workload.PodRequirement;
import io.faultline.domain.workload.SetPlace;
import io.faultline.schemas.avro.PodFailureRule;
import io.faultline.schemas.avro.WantedCondition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets: what they are, what of them starts, and what was decided about them. */
final class SetWire {

  private SetWire() {}

  static io.faultline.schemas.avro.SetDefinition definition(SetDefinition set) {
    return new io.faultline.schemas.avro.SetDefinition(
        set.name(),
        set.gang(),
        set.templates().stream().map(SetWire::template).toList(),
        set.failurePolicy() == null ? null : policy(set.failurePolicy()),
        set.failFast());
  }

  static SetDefinition definition(io.faultline.schemas.avro.SetDefinition set) {
    return new SetDefinition(
        set.getName(),
        set.getGang(),
        set.getTemplates().stream().map(SetWire::template).toList(),
        set.getFailurePolicy() == null ? null : policy(set.getFailurePolicy()),
        set.getFailFast());
  }

  private static io.faultline.schemas.avro.SetTemplate template(SetTemplate template) {
    JobLimits limits = template.limits();
    return new io.faultline.schemas.avro.SetTemplate(
        JobWire.spec(template.spec()),
        template.replicatedJob(),
        template.replicas(),
        template.pods(),
        limits.backoffLimit(),
        limits.activeDeadline() == null ? null : limits.activeDeadline().toMillis(),
        limits.podFailurePolicy().rules().stream().map(SetWire::podRule).toList());
  }

  private static SetTemplate template(io.faultline.schemas.avro.SetTemplate template) {
    Long deadline = template.getActiveDeadlineMillis();
    return new SetTemplate(
        JobWire.spec(template.getSpec()),
        template.getReplicatedJob(),
        template.getReplicas(),
        template.getPods(),
        new JobLimits(
            new PodFailurePolicy(
                template.getPodFailurePolicy().stream().map(SetWire::podRule).toList()),
            template.getBackoffLimit(),
            deadline == null ? null : Duration.ofMillis(deadline)));
  }

  private static PodFailureRule podRule(PodFailurePolicy.Rule rule) {
    var action = Words.to(io.faultline.schemas.avro.PodFailureAction.class, rule.action());
    if (rule.requirement() instanceof PodRequirement.ExitCodes codes) {
      return new PodFailureRule(
          action,
          codes.containerName(),
          codes.operator() == Operator.IN,
          codes.values().stream().sorted().toList(),
          List.of());
    } else if (rule.requirement() instanceof PodRequirement.Conditions conditions) {
      return new PodFailureRule(
          action,
          null,
          true,
          List.of(),
          conditions.wanted().stream()
              .map(wanted -> new WantedCondition(wanted.type(), wanted.status()))
              .toList());
    }
    throw new IllegalStateException("requirement without a mapping: " + rule.requirement());
  }

  private static PodFailurePolicy.Rule podRule(PodFailureRule rule) {
    PodRequirement requirement =
        rule.getExitCodes().isEmpty()
            ? new PodRequirement.Conditions(
                rule.getConditions().stream()
                    .map(
                        wanted ->
                            new PodRequirement.Conditions.Wanted(
                                wanted.getType(), wanted.getStatus()))
                    .toList())
            : new PodRequirement.ExitCodes(
                rule.getContainerName(),
                rule.getCodesIn() ? Operator.IN : Operator.NOT_IN,
                new HashSet<>(rule.getExitCodes()));
    return new PodFailurePolicy.Rule(
        Words.to(PodFailureAction.class, rule.getAction()), requirement);
  }

  static io.faultline.schemas.avro.FailurePolicy policy(FailurePolicy policy) {
    return new io.faultline.schemas.avro.FailurePolicy(
        policy.maxRestarts(), policy.rules().stream().map(SetWire::rule).toList());
  }

  static FailurePolicy policy(io.faultline.schemas.avro.FailurePolicy policy) {
    return new FailurePolicy(
        policy.getMaxRestarts(), policy.getRules().stream().map(SetWire::rule).toList());
  }

  private static io.faultline.schemas.avro.FailurePolicyRule rule(FailurePolicyRule rule) {
    return new io.faultline.schemas.avro.FailurePolicyRule(
        rule.name(),
        Words.to(io.faultline.schemas.avro.GroupAction.class, rule.action()),
        rule.reasons().stream()
            .sorted()
            .map(reason -> Words.to(io.faultline.schemas.avro.JobFailureReason.class, reason))
            .toList(),
        rule.messages().stream().map(Re2Pattern::toString).toList(),
        rule.targets().stream().sorted().toList(),
        rule.categories().stream().sorted().toList());
  }

  private static FailurePolicyRule rule(io.faultline.schemas.avro.FailurePolicyRule rule) {
    return new FailurePolicyRule(
        rule.getName(),
        Words.to(GroupAction.class, rule.getAction()),
        rule.getReasons().stream()
            .map(reason -> Words.to(JobFailureReason.class, reason))
            .collect(Collectors.toSet()),
        rule.getMessages().stream().map(Re2Pattern::compile).toList(),
        Set.copyOf(rule.getTargets()),
        Set.copyOf(rule.getCategories()));
  }

  static io.faultline.schemas.avro.SetPlace place(SetPlace place) {
    return place == null
        ? null
        : new io.faultline.schemas.avro.SetPlace(
            place.setName(),
            place.subdomain(),
            place.replicatedJob(),
            place.replicas(),
            place.pods(),
            place.jobsOfSet(),
            place.jobsBefore(),
            place.group(),
            place.jobsOfGroup(),
            place.jobsOfGroupBefore());
  }

  static SetPlace place(io.faultline.schemas.avro.SetPlace place) {
    return place == null
        ? null
        : new SetPlace(
            place.getSetName(),
            place.getSubdomain(),
            place.getReplicatedJob(),
            place.getReplicas(),
            place.getPods(),
            place.getJobsOfSet(),
            place.getJobsBefore(),
            place.getGroup(),
            place.getJobsOfGroup(),
            place.getJobsOfGroupBefore());
  }

  static io.faultline.schemas.avro.GroupStart start(GroupStart start) {
    return start == null
        ? null
        : new io.faultline.schemas.avro.GroupStart(
            start.setId(),
            start.generation(),
            start.executor(),
            start.podNamePrefix(),
            start.parts().stream().map(SetWire::part).toList());
  }

  static GroupStart start(io.faultline.schemas.avro.GroupStart start) {
    return start == null
        ? null
        : new GroupStart(
            start.getSetId(),
            start.getGeneration(),
            start.getExecutor(),
            start.getPodNamePrefix(),
            start.getParts().stream().map(SetWire::part).toList());
  }

  private static io.faultline.schemas.avro.GroupPart part(GroupPart part) {
    return new io.faultline.schemas.avro.GroupPart(
        JobWire.spec(part.spec()),
        part.specFirst(),
        part.first(),
        part.count(),
        part.runIndex(),
        part.attempt());
  }

  private static GroupPart part(io.faultline.schemas.avro.GroupPart part) {
    return new GroupPart(
        JobWire.spec(part.getSpec()),
        part.getSpecFirst(),
        part.getFirst(),
        part.getCount(),
        part.getRunIndex(),
        part.getAttempt());
  }

  static io.faultline.schemas.avro.GroupVerdict verdict(GroupVerdict verdict) {
    return verdict == null
        ? null
        : new io.faultline.schemas.avro.GroupVerdict(
            verdict.setId(),
            verdict.setName(),
            verdict.generation(),
            Words.to(io.faultline.schemas.avro.GroupOutcome.class, verdict.outcome()),
            verdict.action() == null
                ? null
                : Words.to(io.faultline.schemas.avro.GroupAction.class, verdict.action()),
            verdict.reason(),
            verdict.blamed(),
            verdict.jobFailureReason() == null
                ? null
                : Words.to(
                    io.faultline.schemas.avro.JobFailureReason.class, verdict.jobFailureReason()),
            verdict.jobFailureMessage(),
            verdict.failed(),
            verdict.collateral(),
            verdict.collateralCount(),
            verdict.restarts(),
            verdict.counted(),
            verdict.countedOfJobs(),
            verdict.categories());
  }

  static GroupVerdict verdict(io.faultline.schemas.avro.GroupVerdict verdict) {
    return verdict == null
        ? null
        : new GroupVerdict(
            verdict.getSetId(),
            verdict.getSetName(),
            verdict.getGeneration(),
            Words.to(GroupOutcome.class, verdict.getOutcome()),
            verdict.getAction() == null ? null : Words.to(GroupAction.class, verdict.getAction()),
            verdict.getReason(),
            verdict.getBlamed(),
            verdict.getJobFailureReason() == null
                ? null
                : Words.to(JobFailureReason.class, verdict.getJobFailureReason()),
            verdict.getJobFailureMessage(),
            verdict.getFailed(),
            verdict.getCollateral(),
            verdict.getCollateralCount(),
            verdict.getRestarts(),
            verdict.getCounted(),
            verdict.getCountedOfJobs(),
            verdict.getCategories());
  }
}
