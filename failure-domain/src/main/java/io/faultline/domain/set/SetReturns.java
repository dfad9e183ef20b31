package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.retry.FailedText;
import io.faultline.domain.retry.RetrySettings;
import java.util.Objects;

/** Runs that came to nothing before they ran: no rule is asked about them. */
final class SetReturns {

  private final RetrySettings settings;
  private final SetPasses passes;
  private final SetMembers members;

  SetReturns(RetrySettings settings, SetPasses passes, SetMembers members) {
    this.settings = settings;
    this.passes = passes;
    this.members = members;
  }

  /**
   * Deals with one.
   *
   * @param before the job before its run ended
   * @return false where the run ran, and its failure is another's to weigh
   */
  boolean take(SetWork work, ActiveJob before, ActiveJob job, ClassifiedError failure) {
    boolean made = before.run().pending() || before.run().running();
    // the request may be gone, and others in it with that
    work.owed |= !made;
    EvidenceKind kind = failure.error().evidence().kind();
    if (kind == EvidenceKind.JOB_REJECTED) {
      fail(work, job, failure, "a job of the set can't be made");
      return true;
    }
    if (kind != EvidenceKind.LEASE_RETURNED) {
      return false;
    }
    work.returned++;
    if (work.returned >= settings.maxAttemptedRuns()) {
      fail(work, job, failure, "leases of the set came back " + work.returned + " times");
    } else {
      members.again(work, job, work.now);
    }
    return true;
  }

  private void fail(SetWork work, ActiveJob job, ClassifiedError failure, String why) {
    int index = Objects.requireNonNull(job.member()).index();
    passes.begin(
        work,
        Phase.FAILING,
        new SetCause(
            index,
            failure.error().evidence().kind(),
            FailedText.reasonOfRun(failure.error().evidence()),
            why + " (" + work.layout.memberOf(index).group().name() + ")",
            "",
            false,
            work.now,
            ""));
  }
}
