package io.faultline.ingester.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a batch of messages does to the tables: one row a key, merged from all messages about it, in
 * the order of keys. A pure function of the messages.
 */
public record BatchPlan(
    List<Planned<JobRow>> jobs,
    List<Planned<RunRow>> runs,
    List<Planned<FailureRow>> failures,
    List<Planned<DecisionRow>> decisions) {

  /** The plan for messages in the order in which they were read. */
  public static BatchPlan of(List<? extends Message> messages) {
    Builder plan = new Builder();
    for (int i = 0; i < messages.size(); i++) {
      messages.get(i).addTo(plan, i);
    }
    return plan.build();
  }

  /** How many rows it writes. */
  public int size() {
    return jobs.size() + runs.size() + failures.size() + decisions.size();
  }

  /** Gathers the parts of rows and merges them by key. */
  public static final class Builder {
    private final Merged<JobRow> jobs = new Merged<>();
    private final Merged<RunRow> runs = new Merged<>();
    private final Merged<FailureRow> failures = new Merged<>();
    private final Merged<DecisionRow> decisions = new Merged<>();

    private Builder() {}

    void add(JobRow part, int message) {
      jobs.add(part, message);
    }

    void add(RunRow part, int message) {
      runs.add(part, message);
    }

    void add(FailureRow part, int message) {
      failures.add(part, message);
    }

    void add(DecisionRow part, int message) {
      decisions.add(part, message);
    }

    private BatchPlan build() {
      return new BatchPlan(jobs.rows(), runs.rows(), failures.rows(), decisions.rows());
    }
  }

  private static final class Merged<R extends Row<R>> {
    private final Map<RowKey, Planned<R>> byKey = new TreeMap<>();

    void add(R part, int message) {
      Planned<R> known = byKey.get(part.key());
      if (known == null) {
        List<Integer> messages = new ArrayList<>(1);
        messages.add(message);
        byKey.put(part.key(), new Planned<>(part, messages));
      } else {
        known.messages().add(message);
        byKey.put(part.key(), new Planned<>(known.row().merge(part), known.messages()));
      }
    }

    List<Planned<R>> rows() {
      return List.copyOf(byKey.values());
    }
  }
}
