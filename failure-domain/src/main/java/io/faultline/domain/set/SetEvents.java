package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.Membership;
import io.faultline.domain.retry.FailedText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events that tell how runs of a set's jobs ended. */
final class SetEvents {

  private static final FailureInfo NOTHING = new FailureInfo(null, "", "", "", "", List.of(), "");

  private SetEvents() {}

  /**
   * The end of a run that another one follows, where it failed or was stopped and that was not told
   * yet.
   *
   * @param why what the set does
   */
  static ActiveJob again(SetWork work, ActiveJob job, String why) {
    Membership member = Objects.requireNonNull(job.member());
    if (member.shown() || !job.run().held()) {
      return job;
    }
    ClassifiedError failure = work.failure(job);
    ActiveJob told;
    if (member.end() == Membership.End.FAILED && failure != null) {
      told = work.emit(job, failure.error().at(), own(failure));
    } else if (member.end() == Membership.End.STOPPED) {
      told = work.emit(job, Objects.requireNonNull(member.endedAt()), stopped(why));
    } else {
      return job;
    }
    return told.with(Objects.requireNonNull(told.member()).asShown());
  }

  /** A run that failed, and is followed by another. */
  static JobEvent.Detail own(ClassifiedError failure) {
    return new JobEvent.Failed(
        failure.error().evidence().kind(),
        failure.classification().info(),
        FailedText.reasonOfRun(failure.error().evidence()),
        failure.classification().message(),
        true,
        "");
  }

  private static JobEvent.Detail stopped(String why) {
    return new JobEvent.Failed(EvidenceKind.PREEMPTED, NOTHING, "Stopped", why, true, "");
  }

  /**
   * The terminal event of a job whose set has failed: it names the set's cause, and what the job's
   * own run said where that failed.
   */
  static JobEvent.Detail last(SetCause cause, int index, @Nullable ClassifiedError failure) {
    EvidenceKind kind = cause.kind() == null ? EvidenceKind.POD_FAILED : cause.kind();
    if (failure == null) {
      return new JobEvent.Failed(
          kind, NOTHING, cause.reason(), cause.message(), false, cause.policy());
    }
    String own = failure.classification().message();
    if (cause.preempted() && index == cause.job()) {
      return new JobEvent.Preempted(own);
    }
    return new JobEvent.Failed(
        failure.error().evidence().kind(),
        failure.classification().info(),
        cause.reason(),
        own.isEmpty() ? cause.message() : cause.message() + "\n" + own,
        false,
        cause.policy());
  }
}
