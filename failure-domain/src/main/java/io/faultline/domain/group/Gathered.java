package io.faultline.domain.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Failures of a set's members, as they are to be weighed: those of the starts that run now, one for
 * each member; what is late stands apart.
 *
 * @param current what is weighed, in the order in which equals come first
 * @param late failures of older starts: they are shown, and change nothing
 */
public record Gathered(List<FailedMember> current, List<FailedMember> late) {

  /** Of two failures of one start the earlier; then anything that doesn't depend on arrival. */
  private static final Comparator<FailedMember> EARLIER =
      Comparator.comparing(FailedMember::failedAt)
          .thenComparing(failed -> failed.failure().message())
          .thenComparing(failed -> String.valueOf(failed.failure().reason()))
          .thenComparing(failed -> failed.failure().categories().toString())
          .thenComparing(FailedMember::endedBy)
          .thenComparing(FailedMember::toldToStop)
          .thenComparing(FailedMember::knownAt);

  /** Copies the lists. */
  public Gathered {
    current = List.copyOf(current);
    late = List.copyOf(late);
  }

  /**
   * In an order that no arrival changes: by the place of the replicated job in the set, then by
   * index (a member without one comes last), then by name.
   */
  public static Gathered of(
      Collection<FailedMember> failed, GroupCounters counters, GroupShape shape) {
    Comparator<FailedMember> order =
        Comparator.comparing(
                FailedMember::member,
                Comparator.comparingInt((GroupMember m) -> shape.place(m.replicatedJob()))
                    .thenComparing(GroupMember::replicatedJob)
                    .thenComparingInt(m -> m.index() == null ? Integer.MAX_VALUE : m.index())
                    .thenComparing(GroupMember::name))
            .thenComparing(f -> f.fence().generation())
            .thenComparing(f -> f.fence().attempt())
            .thenComparing(EARLIER);
    return asListed(failed.stream().sorted(order).toList(), counters);
  }

  /** In the order of the list; of two failures of one member the first. */
  public static Gathered asListed(List<FailedMember> failed, GroupCounters counters) {
    Map<GroupMember, FailedMember> current = new LinkedHashMap<>();
    List<FailedMember> late = new ArrayList<>();
    for (FailedMember each : failed) {
      if (each.fence().equals(Fence.of(each.member(), counters))) {
        current.putIfAbsent(each.member(), each);
      } else {
        late.add(each);
      }
    }
    return new Gathered(List.copyOf(current.values()), late);
  }
}
