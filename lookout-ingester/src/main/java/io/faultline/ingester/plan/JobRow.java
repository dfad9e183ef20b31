package io.faultline.ingester.plan;

import io.faultline.domain.job.JobEvent;
import java.time.Instant;

/**
 * A row of {@code jobs}. Made from the job's events alone: jobs of others have none.
 *
 * @param jobId first half of the key
 * @param createdAt the time in the id, second half of the key
 * @param queue null where unknown, as all texts here
 * @param jobSet the job set
 * @param gangId the gang
 * @param owner who submitted it
 * @param runs how many runs have been claimed so far
 * @param submittedAt when it was accepted
 * @param state where it stands
 */
public record JobRow(
    String jobId,
    Instant createdAt,
    String queue,
    String jobSet,
    String gangId,
    String owner,
    int runs,
    Instant submittedAt,
    JobState state)
    implements Row<JobRow> {

  /** What an event says of its job. */
  static JobRow of(JobEvent event) {
    boolean submitted = event.detail() instanceof JobEvent.Submitted;
    String jobId = Storable.clean(event.job().jobId());
    return new JobRow(
        jobId,
        IdTime.of(jobId),
        Storable.text(event.job().queue()),
        Storable.text(event.job().jobSet()),
        Storable.text(event.job().gangId()),
        event.detail() instanceof JobEvent.Submitted s ? Storable.text(s.owner()) : null,
        event.run() == null ? 0 : event.run().index() + 1,
        submitted ? Storable.time(event.at()) : null,
        JobState.of(event));
  }

  @Override
  public RowKey key() {
    return new RowKey(jobId, "", createdAt);
  }

  @Override
  public JobRow merge(JobRow other) {
    return new JobRow(
        jobId,
        createdAt,
        Merge.greater(queue, other.queue),
        Merge.greater(jobSet, other.jobSet),
        Merge.greater(gangId, other.gangId),
        Merge.greater(owner, other.owner),
        Math.max(runs, other.runs),
        Merge.earlier(submittedAt, other.submittedAt),
        state.merge(other.state));
  }
}
