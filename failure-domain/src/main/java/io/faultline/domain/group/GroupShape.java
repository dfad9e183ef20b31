package io.faultline.domain.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which jobs a set is made of. Immutable. */
public final class GroupShape {

  /** The most replicas of a job of which one alone can start again (JobSet's limit). */
  public static final int MOST_TO_RESTART_ALONE = 1024;

  private final List<ReplicatedJob> replicatedJobs;
  private final Map<String, Integer> places = new LinkedHashMap<>();

  /**
   * Copies the list; a repeated name is refused.
   *
   * @param replicatedJobs in the order of the set's manifest
   */
  public GroupShape(List<ReplicatedJob> replicatedJobs) {
    this.replicatedJobs = List.copyOf(replicatedJobs);
    for (ReplicatedJob job : this.replicatedJobs) {
      if (places.put(job.name(), places.size()) != null) {
        throw new IllegalArgumentException("a replicated job's name is repeated: " + job.name());
      }
    }
  }

  /** In the order of the set's manifest. */
  public List<ReplicatedJob> replicatedJobs() {
    return replicatedJobs;
  }

  /** The replicated job of this name; null where there is none. */
  public @Nullable ReplicatedJob find(String name) {
    Integer place = places.get(name);
    return place == null ? null : replicatedJobs.get(place);
  }

  /** Where a replicated job is listed, from 0; one that is not known comes after all others. */
  int place(String name) {
    return places.getOrDefault(name, places.size());
  }

  /**
   * Why one of these can't be started again alone, in words that come after "a job"; null where it
   * can.
   */
  @Nullable String obstacle(GroupMember member) {
    ReplicatedJob of = find(member.replicatedJob());
    Integer index = member.index();
    if (of == null) {
      return "of no known replicated job";
    }
    if (of.replicas() > MOST_TO_RESTART_ALONE) {
      return "of " + of.replicas() + " replicas";
    }
    if (index == null) {
      return "without index";
    }
    return index < of.replicas() ? null : "with index " + index + " of " + of.replicas();
  }

  /** Whether this member alone can start again. */
  public boolean canRestartAlone(GroupMember member) {
    return obstacle(member) == null;
  }
}
