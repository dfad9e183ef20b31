package io.faultline.server.control;

import io.faultline.app.Worker;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings PostgreSQL's schema up to date as soon as it answers, and asks every second whether it
 * still does.
 */
public final class DatabaseProbe implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ControlDatabase database;
  private final Runnable whenMigrated;
  private final Worker worker;
  private volatile boolean reachable;
  private volatile boolean lookoutThere;

  /**
   * Does nothing until started.
   *
   * @param whenMigrated called once, when the schema is up to date
   */
  public DatabaseProbe(ControlDatabase database, Runnable whenMigrated) {
    this.database = database;
    this.whenMigrated = whenMigrated;
    this.worker = new Worker("database-probe", this::run);
  }

  /** Begins to ask. */
  public void start() {
    worker.start();
  }

  /** Whether the schema is up to date and PostgreSQL answered when it was last asked. */
  public boolean reachable() {
    return reachable;
  }

  /** Whether the ingester has made its tables. */
  public boolean lookoutThere() {
    return lookoutThere;
  }

  @Override
  public void close() {
    worker.close();
  }

  private void run() throws InterruptedException {
    while (!migrated()) {
      Thread.sleep(PAUSE.toMillis());
    }
    whenMigrated.run();
    while (true) {
      note(database.reachable());
      if (reachable && !lookoutThere) {
        lookoutThere = asksForLookout();
      }
      Thread.sleep((lookoutThere ? PAUSE : PAUSE.dividedBy(5)).toMillis());
    }
  }

  private boolean migrated() {
    if (!database.reachable()) {
      return false;
    }
    try {
      database.migrate();
      return true;
    } catch (FlywayException e) {
      LOG.atError()
          .setMessage("the schema can't be brought up to date, trying again")
          .addKeyValue("schema", ControlDatabase.SCHEMA)
          .setCause(e)
          .log();
      return false;
    }
  }

  private boolean asksForLookout() {
    try {
      return database
          .jdbi()
          .withHandle(
              handle ->
                  handle
                      .createQuery(
                          """
                          select to_regclass('lookout.jobs') is not null
                            and to_regclass('lookout.decisions') is not null
                          """)
                      .mapTo(Boolean.class)
                      .one());
    } catch (JdbiException e) {
      return false;
    }
  }

  private void note(boolean now) {
    if (now != reachable) {
      LOG.atInfo().setMessage("PostgreSQL changed").addKeyValue("reachable", now).log();
    }
    reachable = now;
  }
}
