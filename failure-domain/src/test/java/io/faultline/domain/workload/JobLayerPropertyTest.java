package io.faultline.domain.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.matcher.OnExitCodes.Operator;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.workload.PodFailurePolicy.Match;
import io.faultline.domain.workload.PodFailurePolicy.Rule;
import io.faultline.domain.workload.PodRequirement.Conditions.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every policy, every limit and every way in which pods can end. */
class JobLayerPropertyTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Property
  void theFirstRuleThatFitsByItselfDecides(
      @ForAll("policies") PodFailurePolicy policy, @ForAll("pods") PodEnd pod) {
    int first =
        IntStream.range(0, policy.rules().size())
            .filter(i -> only(policy.rules().get(i)).match(pod) != null)
            .findFirst()
            .orElse(-1);

    Match match = policy.match(pod);

    assertThat(match == null ? -1 : match.index()).isEqualTo(first);
    if (match != null) {
      assertThat(match.action()).isEqualTo(policy.rules().get(first).action());
    }
  }

  @Property
  void rulesAfterTheFirstThatFitsChangeNothing(
      @ForAll("policies") PodFailurePolicy policy,
      @ForAll("policies") PodFailurePolicy more,
      @ForAll("pods") PodEnd pod) {
    List<Rule> all = new ArrayList<>(policy.rules());
    all.addAll(more.rules());

    Match match = policy.match(pod);

    if (match != null) {
      assertThat(new PodFailurePolicy(all).match(pod)).isEqualTo(match);
    }
  }

  @Property
  void anIgnoredPodNeverCountsAndNeverFailsTheJob(
      @ForAll("policies") PodFailurePolicy policy,
      @ForAll @IntRange(max = 3) int backoffLimit,
      @ForAll("manyPods") List<PodEnd> pods) {
    List<AfterPod> life = life(new JobLimits(policy, backoffLimit, null), pods);

    JobProgress before = JobProgress.startedAt(START);
    for (AfterPod after : life) {
      boolean ignored = after.rule() != null && after.rule().action() == PodFailureAction.IGNORE;
      assertThat(after.progress().failedPods()).isEqualTo(before.failedPods() + (ignored ? 0 : 1));
      assertThat(after.progress().ignoredPods())
          .isEqualTo(before.ignoredPods() + (ignored ? 1 : 0));
      if (ignored) {
        assertThat(after.failed()).isNull();
      }
      before = after.progress();
    }
  }

  @Property
  void podsThatCountAreNeverMoreThanOneBeyondTheLimit(
      @ForAll("policies") PodFailurePolicy policy,
      @ForAll @IntRange(max = 3) int backoffLimit,
      @ForAll("manyPods") List<PodEnd> pods) {
    List<AfterPod> life = life(new JobLimits(policy, backoffLimit, null), pods);

    assertThat(life)
        .allSatisfy(
            after ->
                assertThat(after.progress().failedPods()).isLessThanOrEqualTo(backoffLimit + 1))
        .allSatisfy(
            after -> {
              if (after.progress().failedPods() > backoffLimit) {
                assertThat(after.failed()).isNotNull();
              }
            });
  }

  /** Until the Job fails, or no more pod ends. */
  private static List<AfterPod> life(JobLimits limits, List<PodEnd> pods) {
    List<AfterPod> life = new ArrayList<>();
    JobProgress progress = JobProgress.startedAt(START);
    for (PodEnd pod : pods) {
      AfterPod after = JobLayer.afterPod(limits, progress, pod, START);
      life.add(after);
      if (after.failed() != null) {
        break;
      }
      progress = after.progress();
    }
    return life;
  }

  private static PodFailurePolicy only(Rule rule) {
    return new PodFailurePolicy(List.of(rule));
  }

  @Provide
  Arbitrary<PodFailurePolicy> policies() {
    Arbitrary<PodRequirement> exitCodes =
        Combinators.combine(
                Arbitraries.of("main", "side").injectNull(0.5),
                Arbitraries.of(Operator.values()),
                Arbitraries.integers().between(1, 4).set().ofMinSize(1).ofMaxSize(3))
            .as(PodRequirement.ExitCodes::new);
    Arbitrary<PodRequirement> conditions =
        Combinators.combine(Arbitraries.of("DisruptionTarget", "Other"), statuses())
            .as(Wanted::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(PodRequirement.Conditions::new);
    return Combinators.combine(
            Arbitraries.of(PodFailureAction.values()), Arbitraries.oneOf(exitCodes, conditions))
        .as(Rule::new)
        .list()
        .ofMaxSize(4)
        .map(PodFailurePolicy::new);
  }

  @Provide
  Arbitrary<List<PodEnd>> manyPods() {
    return pods().list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<PodEnd> pods() {
    Arbitrary<ContainerEvidence> container =
        Combinators.combine(
                Arbitraries.of("main", "side", "other"),
                Arbitraries.of(ContainerRole.REGULAR, ContainerRole.INIT),
                Arbitraries.integers().between(0, 5))
            .as(
                (name, role, code) ->
                    new ContainerEvidence(
                        name, role, "", new Termination(code, 0, "", ""), "", null));
    Arbitrary<PodCondition> condition =
        Combinators.combine(Arbitraries.of("DisruptionTarget", "Other"), statuses())
            .as((type, status) -> new PodCondition(type, status, "", ""));
    return Combinators.combine(
            Arbitraries.of(
                EvidenceKind.POD_FAILED, EvidenceKind.PREEMPTED, EvidenceKind.LEASE_EXPIRED),
            container.list().ofMaxSize(3),
            condition.list().ofMaxSize(2))
        .as(
            (kind, containers, conditions) ->
                new PodEnd(
                    "default",
                    "pod",
                    new Evidence(
                        kind, null, "", "", "", "", containers, List.of(), "", null, conditions)));
  }

  private static Arbitrary<String> statuses() {
    return Arbitraries.of("True", "False", "Unknown");
  }
}
