package io.faultline.domain.retry;

import java.util.List;

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
}
