package io.faultline.schemas.wire;

import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.Membership;
import io.faultline.domain.retry.PastFailure;
import io.faultline.schemas.avro.ActiveJobState;
import io.faultline.schemas.avro.CurrentRunState;
import io.faultline.schemas.avro.EndedJobState;
import io.faultline.schemas.avro.JobOutcome;
import io.faultline.schemas.avro.MembershipState;
import io.faultline.schemas.avro.PastFailureState;
import io.faultline.schemas.avro.RunEnd;

/** What the decider remembers of a job. */
final class JobStateWire {

  private JobStateWire() {}

  static io.faultline.schemas.avro.JobState state(JobState state) {
    if (state instanceof ActiveJob active) {
      return new io.faultline.schemas.avro.JobState(active(active));
    } else if (state instanceof EndedJob ended) {
      return new io.faultline.schemas.avro.JobState(
          new EndedJobState(
              Words.to(JobOutcome.class, ended.outcome()), ended.nextSequence(), ended.at()));
    }
    throw new IllegalStateException("state without a mapping: " + state);
  }

  static JobState state(io.faultline.schemas.avro.JobState state) {
    if (state.getState() instanceof ActiveJobState active) {
      return active(active);
    } else if (state.getState() instanceof EndedJobState ended) {
      return new EndedJob(
          Words.to(EndedJob.Outcome.class, ended.getOutcome()),
          ended.getNextSequence(),
          ended.getAt());
    }
    throw new IllegalStateException("state without a mapping: " + state);
  }

  static ActiveJobState active(ActiveJob job) {
    return new ActiveJobState(
        IdentityWire.job(job.job()),
        JobWire.spec(job.spec()),
        job.failFast(),
        job.nextSequence(),
        job.budgets().failures(),
        job.budgets().retries(),
        job.nodes(),
        GrowthWire.mutations(job.mutations()),
        run(job.run()),
        job.budgets().byRule(),
        job.history().stream().map(JobStateWire::past).toList(),
        member(job.member()));
  }

  static ActiveJob active(ActiveJobState job) {
    return new ActiveJob(
        IdentityWire.job(job.getJob()),
        JobWire.spec(job.getSpec()),
        job.getFailFast(),
        job.getNextSequence(),
        new Budgets(job.getFailures(), job.getRetries(), job.getRetriesByRule()),
        job.getNodes(),
        job.getHistory().stream().map(JobStateWire::past).toList(),
        GrowthWire.mutations(job.getMutations()),
        run(job.getRun()),
        member(job.getMember()));
  }

  private static MembershipState member(Membership member) {
    return member == null
        ? null
        : new MembershipState(
            member.setId(),
            member.index(),
            Words.to(RunEnd.class, member.end()),
            member.endedAt(),
            member.told(),
            member.shown());
  }

  private static Membership member(MembershipState member) {
    return member == null
        ? null
        : new Membership(
            member.getSetId(),
            member.getIndex(),
            Words.to(Membership.End.class, member.getEnd()),
            member.getEndedAt(),
            member.getTold(),
            member.getShown());
  }

  private static CurrentRunState run(CurrentRun run) {
    return new CurrentRunState(
        IdentityWire.run(run.id()),
        run.executor(),
        run.cluster(),
        run.namespace(),
        run.podName(),
        run.node(),
        run.leased(),
        run.pending(),
        run.running(),
        run.lost(),
        run.dueAt());
  }

  private static CurrentRun run(CurrentRunState run) {
    return new CurrentRun(
        IdentityWire.run(run.getId()),
        run.getExecutor(),
        run.getCluster(),
        run.getNamespace(),
        run.getPodName(),
        run.getNode(),
        run.getLeased(),
        run.getPending(),
        run.getRunning(),
        run.getLost(),
        run.getDueAt());
  }

  private static PastFailureState past(PastFailure failure) {
    return new PastFailureState(
        EvidenceWire.kind(failure.kind()),
        failure.category(),
        failure.subcategory(),
        failure.exitCode(),
        failure.node(),
        failure.at(),
        failure.rule());
  }

  private static PastFailure past(PastFailureState failure) {
    return new PastFailure(
        EvidenceWire.kind(failure.getKind()),
        failure.getCategory(),
        failure.getSubcategory(),
        failure.getExitCode(),
        failure.getNode(),
        failure.getAt(),
        failure.getRule());
  }
}
