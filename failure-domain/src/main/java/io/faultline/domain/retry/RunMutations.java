package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a run differs from what was submitted.
 *
 * @param avoidNodes nodes that it must not run on
 * @param memory growths in the order they were granted; all of one type
 */
public record RunMutations(List<String> avoidNodes, List<Mutations.MemoryGrowth> memory) {

  /** As submitted. */
  public static final RunMutations NONE = new RunMutations(List.of(), List.of());

  /** Copies the lists. */
  public RunMutations {
    avoidNodes = List.copyOf(avoidNodes);
    memory = List.copyOf(memory);
  }

  /**
   * What the next run differs by, once a retry is granted. What earlier retries asked for stays. A
   * job has one kind of memory growth: the other kind changes nothing. An expired lease changes
   * nothing: neither its node nor its memory is to blame.
   *
   * @param kind of the failure that is tried again
   * @param granted what the granting rule asks for
   * @param nodes all nodes that earlier runs were on, the failed one included; unknown ones left
   *     out
   */
  public RunMutations after(EvidenceKind kind, Mutations granted, Collection<String> nodes) {
    if (kind == EvidenceKind.LEASE_EXPIRED) {
      return this;
    }
    Set<String> avoid = new LinkedHashSet<>(avoidNodes);
    if (granted.avoidSameNode()) {
      nodes.stream().filter(n -> !n.isEmpty()).forEach(avoid::add);
    }
    List<Mutations.MemoryGrowth> growths = new ArrayList<>(memory);
    Mutations.MemoryGrowth growth = granted.memory();
    if (growth != null
        && (growths.isEmpty() || growths.get(0).getClass().equals(growth.getClass()))) {
      growths.add(growth);
    }
    return new RunMutations(List.copyOf(avoid), growths);
  }
}
