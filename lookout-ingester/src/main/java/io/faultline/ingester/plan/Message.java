package io.faultline.ingester.plan;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.retry.DecisionRecord;

/** What is ingested. Each adds what it knows to the rows it is about, and nothing else. */
public sealed interface Message {

  /** Adds this message's part of each row. */
  void addTo(BatchPlan.Builder plan, int index);

  /** An event of the public stream. */
  record Event(JobEvent event) implements Message {
    @Override
    public void addTo(BatchPlan.Builder plan, int index) {
      plan.add(JobRow.of(event), index);
      if (event.run() != null) {
        plan.add(RunRow.of(event, event.run()), index);
      }
    }
  }

  /**
   * A classified failure. Only a counted one says something of its run; the others are evidence and
   * overwrite nothing.
   */
  record Failure(ClassifiedError error) implements Message {
    @Override
    public void addTo(BatchPlan.Builder plan, int index) {
      plan.add(FailureRow.of(error), index);
      if (error.counted()) {
        plan.add(RunRow.of(error), index);
      }
    }
  }

  /** A decision, on a job of ours or as advice. */
  record Decided(DecisionRecord decision) implements Message {
    @Override
    public void addTo(BatchPlan.Builder plan, int index) {
      plan.add(DecisionRow.of(decision), index);
      if (!decision.advice() || decision.group() == null) {
        plan.add(RunRow.of(decision), index);
      } // else it is about a set of others: the run has advice of its own
    }
  }
}
