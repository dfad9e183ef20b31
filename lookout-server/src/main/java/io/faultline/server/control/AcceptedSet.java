package io.faultline.server.control;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.set.SetIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set that was accepted.
 *
 * @param set who its jobs are, with the set's own id as job id
 * @param name the JobSet's name, or the gang's id
 * @param owner who submitted it
 * @param failFast whether the first failure ends it
 * @param failurePolicy JSON as written; null for none
 * @param manifest of a JobSet, as JSON; null for a gang
 * @param templates what its jobs are made from, in order, at least one
 * @param clientIds of a gang's jobs, in their order, each may be empty; empty where none has one
 * @param places which jobs of its file a gang's jobs are, from 0; empty for a JobSet
 */
public record AcceptedSet(
    JobIdentity set,
    String name,
    String owner,
    boolean failFast,
    @Nullable String failurePolicy,
    @Nullable String manifest,
    List<AcceptedTemplate> templates,
    List<String> clientIds,
    List<Integer> places) {

  /** Copies the lists. */
  public AcceptedSet {
    templates = List.copyOf(templates);
    clientIds = List.copyOf(clientIds);
    places = List.copyOf(places);
  }

  /** Its id. */
  public String setId() {
    return set.jobId();
  }

  /** How many jobs it has. */
  public int jobs() {
    return templates.stream().mapToInt(AcceptedTemplate::jobs).sum();
  }

  /** The id of one of its jobs, from 0. */
  public String jobId(int index) {
    return SetIds.job(setId(), index);
  }

  /** What the submitter calls one of its jobs, from 0; may be empty. */
  public String clientId(int index) {
    return clientIds.isEmpty() ? "" : clientIds.get(index);
  }
}
