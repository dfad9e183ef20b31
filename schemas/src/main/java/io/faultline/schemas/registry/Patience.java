package io.faultline.schemas.registry;

import io.faultline.schemas.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again, with growing pauses, for as long as the registry is away: a stream must wait and not
 * drain into dead letters. Ends when closed or interrupted. Says so once a minute.
 */
final class Patience {

  /** One try; an {@link IOException} means that the registry is away. */
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long firstPauseMillis;
  private final long maxPauseMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong failedAttempts = new AtomicLong();
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

  Patience(Duration firstPause, Duration maxPause) {
    this.firstPauseMillis = firstPause.toMillis();
    this.maxPauseMillis = maxPause.toMillis();
  }

  /** The answer of the first try that gets one. */
  <T> T ask(String question, Attempt<T> attempt) {
    long pause = firstPauseMillis;
    while (true) {
      try {
        refuseWhenClosed(question);
        return attempt.run();
      } catch (IOException away) {
        failedAttempts.incrementAndGet();
        log(question, away);
        sleep(pause);
        pause = Math.min(maxPauseMillis, pause * 2);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  private void refuseWhenClosed(String question) {
    if (closed.getCount() == 0) {
      throw new RegistryException("the registry client was closed before an answer: " + question);
    }
  }

  /** Half to the whole of the pause, so that many clients don't come back at once. */
  private void sleep(long pause) {
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    try {
      boolean woken = closed.await(jittered, TimeUnit.MILLISECONDS);
      if (woken) {
        LOG.debug("closed while waiting for the schema registry");
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void log(String question, IOException away) {
    long now = System.nanoTime();
    long due = nextLog.get();
    if (now - due >= 0 && nextLog.compareAndSet(due, now + QUIET_NANOS)) {
      LOG.atWarn()
          .setMessage("schema registry is away, waiting")
          .addKeyValue("question", question)
          .addKeyValue("error", away.toString())
          .addKeyValue("failedAttempts", failedAttempts.get())
          .log();
    }
  }

  long failedAttempts() {
    return failedAttempts.get();
  }

  void close() {
    closed.countDown();
  }
}
