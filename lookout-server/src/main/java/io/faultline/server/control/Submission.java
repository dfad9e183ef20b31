package io.faultline.server.control;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One accepted submit.
 *
 * @param id its own
 * @param owner the user of the token that sent it
 * @param idempotencyKey what makes a repeat the same; unique for its owner
 * @param bodySha256 the hash of the request's body, lower-case hex
 * @param queue the queue of all its jobs
 * @param jobSet the set of all its jobs
 * @param acceptedAt when
 * @param produced whether all of it is on Kafka
 * @param jobs in the order of the file
 */
public record Submission(
    UUID id,
    String owner,
    String idempotencyKey,
    String bodySha256,
    String queue,
    String jobSet,
    Instant acceptedAt,
    boolean produced,
    List<AcceptedJob> jobs) {

  /** Copies the list. */
  public Submission {
    jobs = List.copyOf(jobs);
  }
}
