package io.faultline.domain.job;

import io.faultline.domain.retry.RunMutations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A job that has not ended. It always has exactly one current run: asked for, claimed, or running.
 *
 * @param job who it is
 * @param spec where its spec stands
 * @param failFast whether the first failure ends it
 * @param nextSequence the sequence of its next event
 * @param budgets what it has used up
 * @param nodes where its earlier runs were, without repeats, oldest first
 * @param mutations how the current run differs from what was submitted
 * @param run the current run
 */
public record ActiveJob(
    JobIdentity job,
    SpecRef spec,
    boolean failFast,
    long nextSequence,
    Budgets budgets,
    List<String> nodes,
    RunMutations mutations,
    CurrentRun run)
    implements JobState {

  /** Copies the list. */
  public ActiveJob {
    nodes = List.copyOf(nodes);
  }

  /** The same job with another view of its current run. */
  ActiveJob with(CurrentRun changed, long sequence) {
    return new ActiveJob(job, spec, failFast, sequence, budgets, nodes, mutations, changed);
  }

  /** The nodes of its earlier runs, and one more where it is known. */
  List<String> nodesAnd(String node) {
    Set<String> all = new LinkedHashSet<>(nodes);
    if (!node.isEmpty()) {
      all.add(node);
    }
    return List.copyOf(all);
  }
}
