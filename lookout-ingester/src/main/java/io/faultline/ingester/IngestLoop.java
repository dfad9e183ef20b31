package io.faultline.ingester;

import io.faultline.ingester.kafka.DeadLetterOutbox;
import io.faultline.ingester.kafka.DeadLetterOutbox.Letter;
import io.faultline.ingester.kafka.Inbox;
import io.faultline.ingester.kafka.Inbox.Gathered;
import io.faultline.ingester.kafka.MessageDecoder;
import io.faultline.ingester.plan.Message;
import io.faultline.ingester.sink.Batch;
import io.faultline.ingester.sink.Refusals;
import io.faultline.ingester.sink.Sink;
import io.faultline.ingester.sink.SinkUnavailableException;
import io.faultline.ingester.sink.SupersededException;
import io.faultline.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, decodes, writes, in one thread. Rows and positions move together in the sink, so this
 * remembers nothing that matters: whatever goes wrong, it asks for the positions and goes on there.
 *
 * <p>Something outside that is away (sink, registry, dead letters) makes it wait in place, a member
 * of its group, with the same batch in hand.
 */
final class IngestLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(IngestLoop.class);
  private static final long PROBE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long STUCK_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long REPEAT_LOG_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<Inbox> inboxes;
  private final MessageDecoder decoder;
  private final Sink sink;
  private final DeadLetterOutbox deadLetters;
  private final IngestMetrics metrics;
  private final Backoff backoff = new Backoff();
  private volatile boolean stopping;
  private volatile boolean working;
  private volatile long turnBegan = System.nanoTime();
  private volatile Inbox inbox;
  private long probed;
  private long logged;

  IngestLoop(
      Supplier<Inbox> inboxes,
      MessageDecoder decoder,
      Sink sink,
      DeadLetterOutbox deadLetters,
      IngestMetrics metrics) {
    this.inboxes = inboxes;
    this.decoder = decoder;
    this.sink = sink;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /** Whether it has partitions, and what it needs answers. */
  boolean working() {
    return working && System.nanoTime() - turnBegan < STUCK_NANOS;
  }

  /** Makes {@link #run} return soon. */
  void stop() {
    stopping = true;
    Inbox reading = inbox;
    if (reading != null) {
      reading.wakeup();
    }
  }

  @Override
  public void run() {
    while (!stopping) {
      try (Inbox opened = inboxes.get()) {
        inbox = opened;
        while (!stopping) {
          turnBegan = System.nanoTime();
          turn(opened);
        }
      } catch (WakeupException | InterruptException e) {
        stopping = true;
      } catch (RuntimeException e) {
        // the consumer may be beyond use, and positions are in the sink: begin anew
        pause(null, "ingest is interrupted", e);
      } finally {
        inbox = null;
        working = false;
      }
    }
  }

  private void turn(Inbox reading) {
    if (!reading.unpositioned().isEmpty() && !position(reading)) {
      return;
    }
    Gathered gathered = reading.gather();
    metrics.lag(reading.lag());
    if (gathered.records().isEmpty()) {
      working = reading.reading() && sinkAnswers();
    } else {
      write(reading, gathered);
    }
  }

  private boolean position(Inbox reading) {
    try {
      sink.prepare();
      reading.seek(sink.positions(reading.unpositioned()));
      return true;
    } catch (SinkUnavailableException e) {
      pause(reading, e.getMessage(), e);
      return false;
    }
  }

  private boolean sinkAnswers() {
    long now = System.nanoTime();
    if (now - probed < PROBE_NANOS) {
      return working;
    }
    probed = now;
    if (sink.answers()) {
      return true;
    }
    try {
      sink.prepare();
      return true;
    } catch (SinkUnavailableException e) {
      say(e.getMessage(), e);
      return false;
    }
  }

  /** Tries until the batch is written, its partitions are taken away, or this is stopped. */
  private void write(Inbox reading, Gathered gathered) {
    long era = reading.era();
    Decoded decoded = null;
    boolean lettersSent = false;
    while (!stopping && reading.era() == era) {
      turnBegan = System.nanoTime();
      try {
        if (decoded == null) {
          decoded = decode(gathered.records());
        }
        if (!lettersSent) {
          send(decoded.letters());
          lettersSent = true;
        }
        sink.write(new Batch(decoded.messages(), gathered.moves()), refusals(decoded.sources()));
        metrics.committed(
            decoded.messages().size(), Duration.ofNanos(System.nanoTime() - turnBegan));
        reading.moved(gathered.moves());
        probed = turnBegan;
        working = true;
        backoff.reset();
        logged = 0;
        return;
      } catch (SupersededException e) {
        log.atWarn().setMessage("superseded").addKeyValue("why", e.getMessage()).log();
        reading.forgetPositions();
      } catch (SinkUnavailableException e) {
        pause(reading, e.getMessage(), e);
      } catch (WakeupException | InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        pause(reading, "ingest is interrupted", e);
      }
    }
  }

  private Decoded decode(List<ConsumerRecord<byte[], byte[]>> records) {
    Decoded decoded = new Decoded(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        decoded.messages().add(decoder.decode(record));
        decoded.sources().add(record);
      } catch (UndecodableException e) {
        decoded.letters().add(new Letter(record, e.reason().word(), e.getMessage()));
      }
    }
    return decoded;
  }

  private record Decoded(
      List<Message> messages, List<ConsumerRecord<byte[], byte[]>> sources, List<Letter> letters) {}

  private Refusals refusals(List<ConsumerRecord<byte[], byte[]>> sources) {
    return refused ->
        send(
            refused.stream()
                .map(r -> new Letter(sources.get(r.message()), "refused_row", r.reason()))
                .toList());
  }

  private void send(List<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    deadLetters.send(letters);
    metrics.deadLetters(letters.size());
    for (Letter letter : letters) {
      log.atWarn()
          .setMessage("dead letter")
          .addKeyValue("topic", letter.record().topic())
          .addKeyValue("partition", letter.record().partition())
          .addKeyValue("offset", letter.record().offset())
          .addKeyValue("reason", letter.reason())
          .addKeyValue("error", letter.error())
          .log();
    }
  }

  /** Says what is waited for, once a minute. */
  private void say(String why, Exception e) {
    long now = System.nanoTime();
    if (logged == 0 || now - logged > REPEAT_LOG_NANOS) {
      logged = now;
      log.atWarn().setMessage("waiting").addKeyValue("for", why).setCause(e).log();
    }
  }

  /** Waits a while, as a member of the group where there is one. */
  private void pause(Inbox reading, String why, Exception e) {
    working = false;
    if (stopping) {
      return;
    }
    metrics.waited();
    say(why, e);
    Duration wait = backoff.next();
    if (reading != null) {
      reading.idle(wait);
      return;
    }
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
