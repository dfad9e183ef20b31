package io.faultline.app;

import java.util.Optional;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a thread that failed is replaced, or the topology ends for good. */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(FailurePolicy.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long CALM_NANOS = 60_000_000_000L;

  private final String service;
  private volatile boolean closing;
  private volatile Throwable failure;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private long lastFailure;

  FailurePolicy(String service) {
    this.service = service;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    if (closing) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (!canBeMended(thrown)) {
      fail(thrown);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    long pause = nextPause();
    log.atWarn()
        .setMessage("stream thread failed, it is replaced")
        .addKeyValue("service", service)
        .addKeyValue("afterMillis", pause)
        .setCause(thrown)
        .log();
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Records what ended the topology for good. */
  void fail(Throwable thrown) {
    failure = thrown;
    log.atError()
        .setMessage("streams failed and can't go on")
        .addKeyValue("service", service)
        .addKeyValue("error", explanation(thrown))
        .setCause(thrown)
        .log();
  }

  /** What fails from now on fails because of our own end. */
  void closing() {
    closing = true;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private synchronized long nextPause() {
    long now = System.nanoTime();
    if (now - lastFailure > CALM_NANOS) {
      pauseMillis = FIRST_PAUSE_MILLIS;
    }
    lastFailure = now;
    long pause = pauseMillis;
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    return pause;
  }

  /** What brokers, groups and transactions do to their clients; the next thread starts over. */
  private static boolean canBeMended(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof FencedInstanceIdException || t instanceof Error) {
        return false;
      }
      if (t instanceof RetriableException
          || t instanceof ProducerFencedException
          || t instanceof InvalidProducerEpochException
          || t instanceof InvalidPidMappingException
          || t instanceof TransactionAbortedException
          || t instanceof TaskMigratedException
          || t instanceof TaskCorruptedException
          // Of Kafka Streams 4.3.1: a windowed store whose segment was found corrupted, after kill
          // -9 for example, stays closed in its task (KAFKA-20808); a new thread has a new task.
          || t instanceof InvalidStateStoreException
          || t instanceof MissingSourceTopicException
          || t instanceof LockException) {
        return true;
      }
    }
    return false;
  }

  private static String explanation(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof FencedInstanceIdException) {
        return "another instance runs with the same instance.id";
      }
    }
    return String.valueOf(thrown.getMessage());
  }
}
