package io.faultline.domain.job;

import io.faultline.domain.retry.PastFailure;
import io.faultline.domain.retry.RunMutations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job that has not ended. It always has exactly one current run: asked for, claimed, or running.
 *
 * @param job who it is
 * @param spec where its spec stands
 * @param failFast whether the first failure ends it
 * @param nextSequence the sequence of its next event
 * @param budgets what it has used up
 * @param nodes where its earlier runs were, without repeats, oldest first
 * @param history its earlier failures, oldest first; no more than {@link #REMEMBERED}
 * @param mutations how the current run differs from what was submitted
 * @param run the current run
 * @param member what it has besides as a job of a set; null where it is of none
 */
public record ActiveJob(
    JobIdentity job,
    SpecRef spec,
    boolean failFast,
    long nextSequence,
    Budgets budgets,
    List<String> nodes,
    List<PastFailure> history,
    RunMutations mutations,
    CurrentRun run,
    @Nullable Membership member)
    implements JobState {

  /** How many earlier failures are remembered; of more, the newest. */
  public static final int REMEMBERED = 100;

  /** Copies the lists. */
  public ActiveJob {
    nodes = List.copyOf(nodes);
    history = List.copyOf(history);
  }

  /** A job in no set. */
  public ActiveJob(
      JobIdentity job,
      SpecRef spec,
      boolean failFast,
      long nextSequence,
      Budgets budgets,
      List<String> nodes,
      List<PastFailure> history,
      RunMutations mutations,
      CurrentRun run) {
    this(job, spec, failFast, nextSequence, budgets, nodes, history, mutations, run, null);
  }

  /** The same job with another view of its current run. */
  public ActiveJob with(CurrentRun changed, long sequence) {
    return new ActiveJob(
        job, spec, failFast, sequence, budgets, nodes, history, mutations, changed, member);
  }

  /** The same job with another view of its place in a set. */
  public ActiveJob with(Membership changed) {
    return new ActiveJob(
        job, spec, failFast, nextSequence, budgets, nodes, history, mutations, run, changed);
  }

  /** Whether its current run has ended, and what follows is still to be decided about its set. */
  public boolean awaitsItsSet() {
    return member != null && !member.open();
  }

  /** Its earlier failures, and one more. */
  List<PastFailure> historyAnd(PastFailure failure) {
    List<PastFailure> all = new ArrayList<>(history);
    all.add(failure);
    return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
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
