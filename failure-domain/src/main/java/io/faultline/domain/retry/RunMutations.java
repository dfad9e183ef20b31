package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a run differs from what was submitted.
 *
 * @param avoidNodes nodes that it must not run on
 * @param otherNodes nodes that it runs on only where it could not run otherwise
 * @param growths by amount, and those of one amount in the order they were granted; all of one type
 */
public record RunMutations(
    List<String> avoidNodes, List<String> otherNodes, List<GrantedGrowth> growths) {

  /** As submitted. */
  public static final RunMutations NONE = new RunMutations(List.of(), List.of(), List.of());

  /** Copies the lists, and puts the growths in their order. */
  public RunMutations {
    avoidNodes = List.copyOf(avoidNodes);
    otherNodes = List.copyOf(otherNodes);
    growths =
        growths.stream()
            .sorted(Comparator.comparing(granted -> granted.growth().amount()))
            .toList();
  }

  /** The growths of one amount, in the order they were granted. */
  public List<Growth> of(Amount amount) {
    return growths.stream()
        .map(GrantedGrowth::growth)
        .filter(growth -> growth.amount() == amount)
        .toList();
  }

  /**
   * What the next run differs by, once a retry is granted. What earlier retries asked for stays. A
   * job has one kind of growth of an amount: the other kind changes nothing. An expired lease
   * changes nothing: neither its node nor its resources are to blame.
   *
   * @param kind of the failure that is tried again
   * @param granted the decision that grants it
   * @param runIndex of the run that failed
   * @param nodes all nodes that earlier runs were on, the failed one included; unknown ones left
   *     out
   */
  public RunMutations after(
      EvidenceKind kind, Decision granted, int runIndex, Collection<String> nodes) {
    if (kind == EvidenceKind.LEASE_EXPIRED) {
      return this;
    }
    Mutations asked = granted.mutations();
    List<GrantedGrowth> all = new ArrayList<>(growths);
    for (Growth growth : asked.growths()) {
      if (growths.stream().allMatch(earlier -> growth.goesWith(earlier.growth()))) {
        all.add(new GrantedGrowth(growth, granted.policy(), granted.ruleName(), runIndex));
      }
    }
    return new RunMutations(
        asked.avoidSameNode() ? with(avoidNodes, nodes) : avoidNodes,
        asked.preferOtherNode() ? with(otherNodes, nodes) : otherNodes,
        all);
  }

  private static List<String> with(List<String> before, Collection<String> nodes) {
    Set<String> all = new LinkedHashSet<>(before);
    nodes.stream().filter(node -> !node.isEmpty()).forEach(all::add);
    return List.copyOf(all);
  }
}
