package io.faultline.server.kafka;

import io.faultline.domain.job.JobEvent;
import io.faultline.schemas.Codecs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Opens streams of events, no more than a number of them at once. */
public final class JobSetEvents {

  private final KafkaClients clients;
  private final Codecs codecs;
  private final Semaphore room;

  /**
   * @param most streams at once
   */
  public JobSetEvents(KafkaClients clients, Codecs codecs, int most, MeterRegistry meters) {
    this.clients = clients;
    this.codecs = codecs;
    this.room = new Semaphore(most);
    Gauge.builder("faultline.events.streams", () -> most - room.availablePermits())
        .description("Streams of events that are open")
        .register(meters);
  }

  /**
   * Takes one of the places for streams; to be given back by {@link #leave}.
   *
   * @return false where there is none
   */
  public boolean enter() {
    return room.tryAcquire();
  }

  /** Gives a place back. */
  public void leave() {
    room.release();
  }

  /** Goes on at a position. */
  public EventTail after(Predicate<JobEvent> wanted, Position position) {
    return EventTail.after(clients, codecs, wanted, position);
  }

  /** Begins at a time; with what comes now where it is empty. */
  public EventTail since(Predicate<JobEvent> wanted, Optional<Instant> time) {
    return EventTail.since(clients, codecs, wanted, time);
  }
}
