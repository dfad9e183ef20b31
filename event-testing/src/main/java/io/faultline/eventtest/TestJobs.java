package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a test, and what is done to them.
 *
 * @param queue where they go
 * @param createQueue whether the test makes the queue itself
 * @param randomQueue whether its name gets a suffix of the test's own; it is removed afterwards
 * @param jobSet its name; each test adds a suffix of its own, so that tests never meet
 * @param batches how often all jobs are submitted
 * @param batchSize how many copies of each job a batch has
 * @param interval the time between two batches
 * @param randomClientId whether each job gets a client id that no other has
 * @param jobs as in a job file; at least one
 * @param cancel null where nothing is done to them
 */
public record TestJobs(
    String queue,
    boolean createQueue,
    boolean randomQueue,
    String jobSet,
    int batches,
    int batchSize,
    Duration interval,
    boolean randomClientId,
    List<JsonNode> jobs,
    @Nullable Cancel cancel) {

  /** Copies the list. */
  public TestJobs {
    jobs = List.copyOf(jobs);
  }

  /**
   * That jobs are cancelled.
   *
   * @param bySet the whole job set at once; else each job by its id
   * @param trigger once each job has had this event
   * @param againWhenEnded cancels the set once more when all has come, which must be no error
   */
  public record Cancel(boolean bySet, EventKind trigger, boolean againWhenEnded) {}

  /** How many there are. */
  public int size() {
    return batches * batchSize * jobs.size();
  }
}
