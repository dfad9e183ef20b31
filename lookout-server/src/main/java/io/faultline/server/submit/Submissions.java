package io.faultline.server.submit;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.server.control.ResourceStore;
import io.faultline.server.control.Submission;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.submit.SubmitOutcome.Kind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts submits. Once a submission is kept its jobs run, whatever happens: a submit is refused
 * before that, or it is pending, and whoever sent it can ask again under its key.
 */
public final class Submissions {

  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final SubmissionStore store;
  private final ResourceStore resources;
  private final Outbox outbox;
  private final BooleanSupplier kafkaThere;
  private final ExecutorService threads;
  private final Clock clock;
  private final JobIds ids = new JobIds();

  /**
   * @param kafkaThere whether Kafka is known to be there now
   * @param threads where submissions are produced; its size bounds the connections in use
   */
  public Submissions(
      SubmissionStore store,
      ResourceStore resources,
      Outbox outbox,
      BooleanSupplier kafkaThere,
      ExecutorService threads,
      Clock clock) {
    this.store = store;
    this.resources = resources;
    this.outbox = outbox;
    this.kafkaThere = kafkaThere;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Submits.
   *
   * @param owner the user of the token
   * @param key the client's idempotency key, if it gave one
   * @param bodySha256 the hash of the request's body
   * @param body reads the body; not asked where the key is known
   */
  public SubmitOutcome submit(
      String owner, Optional<String> key, String bodySha256, Supplier<Request> body) {
    Optional<Submission> earlier = key.flatMap(k -> store.find(owner, k));
    if (earlier.isPresent()) {
      return repeat(earlier.get(), bodySha256);
    }
    if (!kafkaThere.getAsBoolean()) {
      return new SubmitOutcome(Kind.KAFKA_AWAY, null);
    }
    Request submitted = body.get();
    if (resources.find(ResourceKind.QUEUE, submitted.queue()).isEmpty()) {
      return new SubmitOutcome(Kind.UNKNOWN_QUEUE, null);
    }
    UUID id = UUID.randomUUID();
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Request.Content accepted = submitted.accept(new Acceptance(ids, owner), at);
    Submission submission =
        new Submission(
            id,
            owner,
            key.orElse(id.toString()),
            bodySha256,
            submitted.queue(),
            submitted.jobSet(),
            at,
            false,
            accepted.jobs(),
            accepted.sets());
    Submission kept = store.keep(submission);
    return kept.id().equals(id) ? finish(kept, Kind.ACCEPTED) : repeat(kept, bodySha256);
  }

  /**
   * Sees to it that what came with a job is on Kafka before anything else about it is written.
   *
   * @return false where it is not, in the time that a request may take
   */
  public boolean settle(String jobId) {
    Optional<Submission> submission = store.ofJob(jobId);
    return submission.isEmpty() || finish(submission.get(), Kind.ACCEPTED).kind() != Kind.PENDING;
  }

  private SubmitOutcome repeat(Submission earlier, String bodySha256) {
    if (!earlier.bodySha256().equals(bodySha256)) {
      return new SubmitOutcome(Kind.KEY_REUSED, null);
    }
    return finish(earlier, Kind.REPEATED);
  }

  private SubmitOutcome finish(Submission submission, Kind kind) {
    if (submission.produced() || produced(submission.id())) {
      return new SubmitOutcome(kind, submission);
    }
    return new SubmitOutcome(Kind.PENDING, submission);
  }

  private boolean produced(UUID id) {
    try {
      Future<Boolean> done = threads.submit(() -> produceOrAwait(id));
      return done.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RejectedExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      LOG.atWarn()
          .setMessage("a submission is not on Kafka yet")
          .addKeyValue("submission", id)
          .addKeyValue("reason", String.valueOf(e.getCause().getMessage()))
          .log();
      return false;
    }
  }

  /** Where another is at it, this waits for what becomes of it. */
  private boolean produceOrAwait(UUID id) throws SQLException, InterruptedException {
    Instant until = clock.instant().plus(ANSWER_WITHIN);
    while (!outbox.produce(id)) {
      if (clock.instant().isAfter(until)) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    return true;
  }

  /** Produces what is owed from before a time; for who looks after what crashes left. */
  int produceOwed(Instant acceptedBefore, int most) throws SQLException {
    int produced = 0;
    for (UUID id : store.owed(acceptedBefore, most)) {
      try {
        produced += outbox.produce(id) ? 1 : 0;
      } catch (CompletionException e) {
        LOG.atWarn()
            .setMessage("a submission is not on Kafka yet")
            .addKeyValue("submission", id)
            .addKeyValue("reason", String.valueOf(e.getCause().getMessage()))
            .log();
        return produced;
      } catch (RuleFileException e) {
        // accepted by a version that read more; the others must not wait for it
        LOG.atError()
            .setMessage("a submission that was accepted can't be read any more")
            .addKeyValue("submission", id)
            .addKeyValue("reason", e.getMessage())
            .log();
      }
    }
    return produced;
  }
}
