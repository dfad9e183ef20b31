package io.faultline.ingester.plan;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.rules.json.EvidenceJson;
import io.faultline.rules.json.FailureInfoJson;
import java.time.Instant;
import java.util.Comparator;

/**
 * A row of {@code failures}: one reported failure, whole. A report that came twice is classified
 * twice and counted once: the counted one is the row, and the repeat changes nothing.
 *
 * @param id the same on every redelivery of the same report; first half of the key
 * @param at when it happened; second half of the key
 * @param job whose failure it is
 * @param run the run that failed
 * @param kind of evidence
 * @param place where it ran
 * @param message for people; null where empty
 * @param failureInfo JSON
 * @param evidence JSON
 * @param ruleCategory of the rule that matched; null where none did
 * @param ruleIndex its place in that category; null where none matched
 * @param podAction what was done with the pod: {@code Retain} or {@code Delete}
 * @param categoriesName the set of categories; null where there was none
 * @param categoriesRevision its revision
 * @param counted whether it was counted
 * @param terminal whether it ended its run
 * @param jobFailures counted failures of the job so far
 * @param jobCategoryFailures those with its category
 */
public record FailureRow(
    String id,
    Instant at,
    JobIdentity job,
    RunIdentity run,
    String kind,
    RunPlace place,
    String message,
    String failureInfo,
    String evidence,
    String ruleCategory,
    Integer ruleIndex,
    String podAction,
    String categoriesName,
    long categoriesRevision,
    boolean counted,
    boolean terminal,
    long jobFailures,
    long jobCategoryFailures)
    implements Row<FailureRow> {

  private static final Comparator<FailureRow> BEST_FIRST =
      Comparator.comparing((FailureRow row) -> !row.counted)
          .thenComparingLong(FailureRow::categoriesRevision)
          .thenComparingLong(FailureRow::jobFailures)
          .thenComparingLong(FailureRow::jobCategoryFailures);

  static FailureRow of(ClassifiedError classified) {
    JobError error = classified.error();
    Classification found = classified.classification();
    return new FailureRow(
        Storable.clean(error.errorId()),
        Storable.time(error.at()),
        clean(error.job()),
        new RunIdentity(Storable.clean(error.run().runId()), error.run().index()),
        error.evidence().kind().word(),
        RunPlace.of(error),
        Storable.text(found.message()),
        Storable.json(FailureInfoJson.of(found.info())),
        Storable.json(EvidenceJson.of(error.evidence())),
        found.rule() == null ? null : Storable.text(found.rule().category()),
        found.rule() == null ? null : found.rule().index(),
        found.action().word(),
        Storable.text(classified.categoriesName()),
        classified.categoriesRevision(),
        classified.counted(),
        error.terminal(),
        classified.counts().job(),
        classified.counts().jobCategory());
  }

  /** Ids and names as they are stored. */
  static JobIdentity clean(JobIdentity job) {
    return new JobIdentity(
        Storable.clean(job.jobId()),
        Storable.clean(job.queue()),
        Storable.clean(job.jobSet()),
        Storable.text(job.gangId()));
  }

  @Override
  public RowKey key() {
    return new RowKey(id, "", at);
  }

  @Override
  public FailureRow merge(FailureRow other) {
    return BEST_FIRST.compare(other, this) < 0 ? other : this;
  }
}
