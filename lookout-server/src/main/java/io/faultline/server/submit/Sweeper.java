package io.faultline.server.submit;

import io.faultline.app.Worker;
import io.faultline.server.control.SubmissionStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after submissions: produces what a crash or an outage left owed, notes which jobs the
 * ingester's tables show, and forgets what is old. Any number of servers may do it.
 */
public final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 100;

  private final Submissions submissions;
  private final SubmissionStore store;
  private final BooleanSupplier databaseThere;
  private final BooleanSupplier kafkaThere;
  private final Duration keep;
  private final Clock clock;
  private final Worker worker;
  private Instant forgetAt = Instant.MIN;

  /**
   * Does nothing until started.
   *
   * @param databaseThere whether PostgreSQL is known to be there, with the ingester's tables
   * @param keep how long submissions and their keys are kept
   */
  public Sweeper(
      Submissions submissions,
      SubmissionStore store,
      BooleanSupplier databaseThere,
      BooleanSupplier kafkaThere,
      Duration keep,
      Clock clock) {
    this.submissions = submissions;
    this.store = store;
    this.databaseThere = databaseThere;
    this.kafkaThere = kafkaThere;
    this.keep = keep;
    this.clock = clock;
    this.worker = new Worker("submission-sweeper", this::run);
  }

  /** Begins to look. */
  public void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void run() throws InterruptedException {
    while (true) {
      try {
        if (databaseThere.getAsBoolean()) {
          sweep();
        }
      } catch (SQLException | RuntimeException e) {
        LOG.atWarn()
            .setMessage("looking after submissions failed, trying again")
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log();
      }
      Thread.sleep(PERIOD.toMillis());
    }
  }

  private void sweep() throws SQLException {
    Instant now = clock.instant();
    if (kafkaThere.getAsBoolean()) {
      int produced = submissions.produceOwed(now.minus(PERIOD), MOST_AT_ONCE);
      if (produced > 0) {
        LOG.atInfo()
            .setMessage("submissions that were owed are on Kafka")
            .addKeyValue("count", produced)
            .log();
      }
    }
    store.noteShown();
    if (now.isAfter(forgetAt)) {
      store.forgetBefore(now.minus(keep));
      forgetAt = now.plus(FORGET_EVERY);
    }
  }
}
