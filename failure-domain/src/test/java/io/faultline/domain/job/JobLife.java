package io.faultline.domain.job;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.classify.RuleRef;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.domain.retry.RetrySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One job, driven by its inputs; remembers every effect. */
final class JobLife {

  static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  static final JobIdentity JOB = new JobIdentity("01j", "research", "nightly", null);
  static final SpecRef SPEC = new SpecRef(3, 42, "ab");
  static final RetrySettings ON = new RetrySettings(true, 20, "", 5, "armada");
  static final RetrySettings OFF = RetrySettings.DEFAULTS;

  final JobMachine machine;
  @Nullable JobState state;
  PolicyChoice policy = PolicyChoice.NONE;
  Instant now = T0;
  final List<JobEffect> effects = new ArrayList<>();
  List<JobEffect> last = List.of();

  JobLife(RetrySettings settings) {
    machine = new JobMachine(settings);
  }

  static JobLife submitted(RetrySettings settings) {
    JobLife life = new JobLife(settings);
    life.submit(false);
    return life;
  }

  JobLife under(PolicyChoice choice) {
    policy = choice;
    return this;
  }

  JobLife submit(boolean failFast) {
    return take(
        machine.command(state, new JobCommand.Submit(JOB, now, "ann", SPEC, failFast), now));
  }

  JobLife cancel() {
    return take(machine.command(state, new JobCommand.Cancel(JOB, now, "bob", "wrong input"), now));
  }

  JobLife report(int run, RunState reported) {
    return report(run, reported, "exec-1", "node-" + run);
  }

  JobLife report(int run, RunState reported, String executor, String node) {
    RunIdentity id = RunIdentity.of(JOB.jobId(), run);
    return take(
        machine.report(
            state,
            new RunReport(JOB, id, reported, executor, "local", "ns", "pod-" + run, node, now),
            now));
  }

  JobLife running(int run) {
    return report(run, RunState.LEASED).report(run, RunState.PENDING).report(run, RunState.RUNNING);
  }

  JobLife fails(int run) {
    return failure(error(run, EvidenceKind.POD_FAILED, 74, ""));
  }

  JobLife fails(int run, EvidenceKind kind) {
    return failure(error(run, kind, null, ""));
  }

  JobLife failure(ClassifiedError error) {
    return take(machine.failure(state, error, policy, now));
  }

  JobLife expires() {
    return take(machine.expireLease(state, now));
  }

  private JobLife take(Step step) {
    now = now.plusSeconds(1);
    state = step.state();
    last = step.effects();
    effects.addAll(last);
    return this;
  }

  /** The failure of a run, as the classifier sends it. */
  ClassifiedError error(int run, EvidenceKind kind, @Nullable Integer exitCode, String podReason) {
    @Nullable InternalCause cause =
        switch (kind) {
          case LEASE_RETURNED -> InternalCause.LEASE_RETURNED;
          case LEASE_EXPIRED -> InternalCause.LEASE_EXPIRED;
          default -> null;
        };
    List<ContainerEvidence> containers =
        exitCode == null
            ? List.of()
            : List.of(
                new ContainerEvidence(
                    "main",
                    ContainerRole.REGULAR,
                    "app:1",
                    new Termination(exitCode, 0, "Error", "boom"),
                    "",
                    null));
    Evidence evidence =
        new Evidence(
            kind, cause, podReason, "", "", "node-" + run, containers, List.of(), "", null);
    RunIdentity id = RunIdentity.of(JOB.jobId(), run);
    JobError error =
        new JobError(id.runId() + "/0", JOB, id, "exec-1", "local", "ns", "", now, true, evidence);
    FailureInfo info =
        cause == null
            ? new FailureInfo(exitCode, "boom", "main", "gpu", "ecc", List.of("gpu"), "")
            : new FailureInfo(
                null, "", "", "internal", cause.subcategory(), List.of("internal"), "");
    return new ClassifiedError(
        error,
        new Classification(
            info,
            PodAction.RETAIN,
            "main: boom",
            cause == null ? new RuleRef("gpu", 0) : null,
            false),
        "default",
        7,
        true,
        new FailureCounts(run + 1, run + 1),
        FailureRates.UNKNOWN);
  }

  static ClassifiedError with(ClassifiedError e, boolean counted, boolean terminal) {
    JobError o = e.error();
    return new ClassifiedError(
        new JobError(
            o.errorId(),
            o.job(),
            o.run(),
            o.executor(),
            o.cluster(),
            o.namespace(),
            o.podName(),
            o.at(),
            terminal,
            o.evidence()),
        e.classification(),
        e.categoriesName(),
        e.categoriesRevision(),
        counted,
        e.counts(),
        FailureRates.UNKNOWN);
  }

  static ClassifiedError deleting(ClassifiedError e) {
    Classification c = e.classification();
    return new ClassifiedError(
        e.error(),
        new Classification(c.info(), PodAction.DELETE, c.message(), c.rule(), false),
        e.categoriesName(),
        e.categoriesRevision(),
        e.counted(),
        e.counts(),
        FailureRates.UNKNOWN);
  }

  static PolicyChoice retrying(int limit, RetryRule... rules) {
    RetryPolicy policy =
        new RetryPolicy("ml-training", limit, RetryAction.RETRY, null, List.of(rules));
    return new PolicyChoice(
        List.of(policy.name()),
        List.of(new PolicyChoice.PolicyInForce(policy, 9)),
        List.of(),
        null);
  }

  static RetryRule onKind(EvidenceKind kind, RetryAction action) {
    return new RetryRule(
        "r",
        action,
        List.of(new RetryMatcher.OnKinds(Set.of(kind))),
        RetryRule.Budget.OF_POLICY,
        null,
        Mutations.NONE);
  }

  static RetryRule onGpu(Mutations mutations) {
    return new RetryRule(
        "r",
        RetryAction.RETRY,
        List.of(new RetryMatcher.OnCategory("gpu")),
        RetryRule.Budget.OF_POLICY,
        null,
        mutations);
  }

  ActiveJob active() {
    if (state instanceof ActiveJob active) {
      return active;
    }
    throw new AssertionError("not active: " + state);
  }

  EndedJob ended() {
    if (state instanceof EndedJob ended) {
      return ended;
    }
    throw new AssertionError("not ended: " + state);
  }

  List<JobEvent> events() {
    return effects.stream()
        .filter(JobEffect.Emit.class::isInstance)
        .map(e -> ((JobEffect.Emit) e).event())
        .toList();
  }

  /** The kinds of the events, in order: {@code Submitted, Leased, Failed}. */
  List<String> eventNames() {
    return events().stream().map(e -> e.detail().getClass().getSimpleName()).toList();
  }

  List<String> lastEffects() {
    return last.stream()
        .map(
            e ->
                e instanceof JobEffect.Emit emit
                    ? emit.event().detail().getClass().getSimpleName()
                    : e instanceof JobEffect.Tell tell
                        ? tell.command().action().name()
                        : e.getClass().getSimpleName())
        .toList();
  }

  JobEvent.Failed lastFailed() {
    return events().stream()
        .filter(e -> e.detail() instanceof JobEvent.Failed)
        .reduce((a, b) -> b)
        .map(e -> (JobEvent.Failed) e.detail())
        .orElseThrow();
  }

  List<RunRequest> requests() {
    return effects.stream()
        .filter(JobEffect.RequestRun.class::isInstance)
        .map(e -> ((JobEffect.RequestRun) e).request())
        .toList();
  }

  List<DecisionRecord> decisions() {
    return effects.stream()
        .filter(JobEffect.Decide.class::isInstance)
        .map(e -> ((JobEffect.Decide) e).decision())
        .toList();
  }
}
