package io.faultline.server.control;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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
 * @param jobs those in no set, in the order of the file
 * @param sets in the order of the file
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
    List<AcceptedJob> jobs,
    List<AcceptedSet> sets) {

  /** Copies the lists. */
  public Submission {
    jobs = List.copyOf(jobs);
    sets = List.copyOf(sets);
  }

  /** The templates of all its sets. */
  public Stream<AcceptedTemplate> templates() {
    return sets.stream().flatMap(set -> set.templates().stream());
  }

  /**
   * A job as its submitter is told of it.
   *
   * @param clientId may be empty
   */
  public record Name(String jobId, String clientId) {}

  /** All jobs of a job file, in its order, those of gangs where they stand in it. */
  public List<Name> names() {
    int all = jobs.size() + sets.stream().mapToInt(AcceptedSet::jobs).sum();
    Name[] names = new Name[all];
    for (AcceptedSet set : sets) {
      for (int i = 0; i < set.jobs(); i++) {
        names[set.places().get(i)] = new Name(set.jobId(i), set.clientId(i));
      }
    }
    int place = 0;
    for (AcceptedJob job : jobs) {
      while (names[place] != null) {
        place++;
      }
      names[place] = new Name(job.spec().job().jobId(), job.spec().clientId());
    }
    return List.of(names);
  }
}
