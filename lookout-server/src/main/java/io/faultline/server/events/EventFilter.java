package io.faultline.server.events;

import io.faultline.domain.job.JobEvent;
import java.util.Set;

/**
 * Which events a listener wants: those that satisfy all of what is given. An empty set is satisfied
 * by every event.
 *
 * @param queues the job's
 * @param jobSets the job's
 * @param jobIds the job's
 * @param categories the failure's, any of them; satisfied by failures only
 * @param owners who submitted the job
 * @param types words for what happened
 * @param terminal whether only events that end a job are wanted
 */
public record EventFilter(
    Set<String> queues,
    Set<String> jobSets,
    Set<String> jobIds,
    Set<String> categories,
    Set<String> owners,
    Set<String> types,
    boolean terminal) {

  /** Whether an event satisfies it; its owner must be known where that matters. */
  boolean matches(StreamEvent told) {
    JobEvent event = told.event();
    return allows(jobIds, event.job().jobId())
        && allows(jobSets, event.job().jobSet())
        && allows(queues, event.job().queue())
        && (!terminal || ends(event.detail()))
        && (types.isEmpty() || types.contains(EventJson.type(event)))
        && (categories.isEmpty() || told.categories().stream().anyMatch(categories::contains))
        && (owners.isEmpty() || owners.contains(told.owner()));
  }

  /** Whether the owner of a job matters. */
  public boolean needsOwner() {
    return !owners.isEmpty();
  }

  private static boolean allows(Set<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private static boolean ends(JobEvent.Detail detail) {
    return detail instanceof JobEvent.Failed failed
        ? !failed.retryable()
        : detail instanceof JobEvent.Succeeded
            || detail instanceof JobEvent.Cancelled
            || detail instanceof JobEvent.Preempted;
  }
}
