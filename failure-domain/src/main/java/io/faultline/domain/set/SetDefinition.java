package io.faultline.domain.set;

import io.faultline.domain.group.FailurePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set is, from its submit to its end.
 *
 * @param name the JobSet's name, or the gang's id; the names of its members begin with it
 * @param gang whether it is a gang: its members are jobs of one pod, and where it has no failure
 *     policy the retry policies of its queue decide about it as about one job
 * @param templates in order, at least one
 * @param failurePolicy what becomes of it when members fail; null for none
 * @param failFast whether the first failure ends it, whatever the queue's policies say
 */
public record SetDefinition(
    String name,
    boolean gang,
    List<SetTemplate> templates,
    @Nullable FailurePolicy failurePolicy,
    boolean failFast) {

  /** What the members of a gang are replicas of, as rules name it. */
  public static final String GANG_MEMBERS = "members";

  /** Copies the list, and refuses a set without members or with too many jobs. */
  public SetDefinition {
    templates = List.copyOf(templates);
    long jobs = templates.stream().mapToLong(SetTemplate::jobs).sum();
    if (jobs < 1 || jobs > SetIds.MOST_JOBS) {
      throw new IllegalArgumentException("a set has 1 to " + SetIds.MOST_JOBS + " jobs: " + jobs);
    }
  }

  /** How many jobs it has, one for each pod. */
  public int jobs() {
    return templates.stream().mapToInt(SetTemplate::jobs).sum();
  }

  /** How many members it has. */
  public int members() {
    return templates.stream().mapToInt(SetTemplate::replicas).sum();
  }
}
