package io.faultline.domain.set;

import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.Onset;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A set that has not ended. Small, however many jobs it has: they and its members are kept apart.
 *
 * @param job who its jobs are, with the set's own id as job id
 * @param phase what is done with it
 * @param cursor which job the phase deals with next, from 0; as many as there are once it is
 *     through
 * @param counters how often it and its members were started again, in sums
 * @param tally numbers of its runs and members
 * @param executor who holds its runs; empty where nobody does
 * @param onset of the failures that are gathered; null where there are none
 * @param wakeAt when there is something to do; null where there is not
 * @param cause why it is made, ends or starts again; null while it runs
 * @param asOne a gang without failure policy as the one job that retry policies see: its runs are
 *     the set's generations; null for others
 */
public record ActiveSet(
    JobIdentity job,
    Phase phase,
    int cursor,
    GroupCounters counters,
    Tally tally,
    String executor,
    @Nullable Onset onset,
    @Nullable Instant wakeAt,
    @Nullable SetCause cause,
    @Nullable ActiveJob asOne)
    implements SetState {

  /** The set's id. */
  public String setId() {
    return job.jobId();
  }
}
