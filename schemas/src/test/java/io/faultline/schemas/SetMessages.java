package io.faultline.schemas;

import io.faultline.domain.classify.matcher.OnExitCodes.Operator;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailureAction;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.domain.workload.PodRequirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Parts of sets of which not every value is allowed. */
final class SetMessages {

  static final Map<Class<?>, Supplier<Arbitrary<?>>> BY_TYPE =
      Map.of(
          SetDefinition.class, SetMessages::definition,
          GroupPart.class, SetMessages::part,
          GroupStart.class, SetMessages::start,
          ReplicatedJob.class, SetMessages::replicatedJob,
          GroupCounters.class, SetMessages::counters,
          GroupMember.class, SetMessages::member,
          FailurePolicy.class, SetMessages::policy);

  private SetMessages() {}

  private static Arbitrary<Integer> few() {
    return Arbitraries.integers().between(1, 5);
  }

  private static Arbitrary<String> name() {
    return Arbitraries.of("workers", "driver", "naïve 🚀");
  }

  private static Arbitrary<GroupPart> part() {
    return Combinators.combine(
            Messages.of(SpecRef.class), Arbitraries.integers(), few(), few(), few())
        .as(
            (spec, first, count, run, attempt) ->
                new GroupPart(spec, first, first, count, run, attempt));
  }

  private static Arbitrary<GroupStart> start() {
    return Combinators.combine(
            name(),
            few(),
            Arbitraries.of("", "e1"),
            name(),
            part().list().ofMinSize(1).ofMaxSize(3))
        .as(GroupStart::new);
  }

  private static Arbitrary<SetDefinition> definition() {
    return Combinators.combine(
            name(),
            Arbitraries.of(true, false),
            template().list().ofMinSize(1).ofMaxSize(3),
            policy().injectNull(0.3),
            Arbitraries.of(true, false))
        .as(SetDefinition::new);
  }

  private static Arbitrary<SetTemplate> template() {
    return Combinators.combine(Messages.of(SpecRef.class), name(), few(), few(), limits())
        .as(SetTemplate::new);
  }

  private static Arbitrary<JobLimits> limits() {
    return Combinators.combine(
            podRule().list().ofMaxSize(3).map(PodFailurePolicy::new),
            Arbitraries.integers().between(0, 7),
            Arbitraries.longs().between(0, 1L << 40).map(Duration::ofMillis).injectNull(0.3))
        .as(JobLimits::new);
  }

  private static Arbitrary<PodFailurePolicy.Rule> podRule() {
    Arbitrary<PodRequirement> codes =
        Combinators.combine(
                name().injectNull(0.5),
                Arbitraries.of(Operator.class),
                Arbitraries.integers().between(0, 255).set().ofMinSize(1).ofMaxSize(3))
            .as(PodRequirement.ExitCodes::new);
    Arbitrary<PodRequirement> conditions =
        Combinators.combine(name(), Arbitraries.of("True", "False"))
            .as(PodRequirement.Conditions.Wanted::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(PodRequirement.Conditions::new);
    return Combinators.combine(
            Arbitraries.of(PodFailureAction.class), Arbitraries.oneOf(List.of(codes, conditions)))
        .as(PodFailurePolicy.Rule::new);
  }

  private static Arbitrary<FailurePolicy> policy() {
    Arbitrary<FailurePolicyRule> rule =
        Combinators.combine(
                name(),
                Arbitraries.of(GroupAction.class),
                Arbitraries.of(JobFailureReason.class).set().ofMaxSize(3),
                Arbitraries.of("exit code 143", "(?i)ecc.*", "")
                    .map(Re2Pattern::compile)
                    .list()
                    .ofMaxSize(2),
                name().set().ofMaxSize(2),
                name().set().ofMaxSize(2))
            .as(FailurePolicyRule::new);
    return Combinators.combine(Arbitraries.integers().between(0, 9), rule.list().ofMaxSize(3))
        .as(FailurePolicy::new);
  }

  private static Arbitrary<ReplicatedJob> replicatedJob() {
    return Combinators.combine(name(), few()).as(ReplicatedJob::new);
  }

  private static Arbitrary<GroupMember> member() {
    return Combinators.combine(name(), name(), few().injectNull(0.3)).as(GroupMember::new);
  }

  private static Arbitrary<GroupCounters> counters() {
    Arbitrary<JobIndex> index = Combinators.combine(name(), few()).as(JobIndex::new);
    Arbitrary<JobRestarts> restarts = Combinators.combine(few(), few()).as(JobRestarts::new);
    return Combinators.combine(few(), few(), Arbitraries.maps(index, restarts).ofMaxSize(3))
        .as(GroupCounters::new);
  }
}
