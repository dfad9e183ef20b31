package io.faultline.server.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener: what it wants, how far it has been told, and what waits to be sent to it.
 *
 * <p>A partition is either <i>live</i>, told by the {@link EventHub} as it reads, or <i>behind</i>,
 * told by a reader of the past; each goes over from the second to the first at the offset where the
 * reader of the past has reached the hub. Whoever reads too slowly for its buffer is behind again
 * as a whole, from exactly there on, once it has read what waits. So an event comes neither twice
 * nor not at all, and the order of a partition holds.
 */
public final class Subscription {

  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(5).toNanos();

  private final EventFilter filter;
  private final Begin begin;
  private final boolean follow;
  private final Runnable wake;
  private final Consumer<Subscription> whenBehind;
  private final SendBuffer buffer = new SendBuffer();
  private final BitSet live = new BitSet();

  // null until it has begun; of a live partition what it was told last, or where it became live
  private @Nullable Offsets next;
  // where one that does not follow ends
  private @Nullable Offsets end;
  private boolean settled;
  private boolean parked;
  private boolean over;
  private String lastId = "";
  private long lastPut;

  /**
   * @param follow whether it goes on after what is there when it begins
   * @param wake called when there is something to take; must not block
   * @param whenBehind called when it should be read for from the past; must not block
   */
  Subscription(
      EventFilter filter,
      Begin begin,
      boolean follow,
      Runnable wake,
      Consumer<Subscription> whenBehind) {
    this.filter = filter;
    this.begin = begin;
    this.follow = follow;
    this.wake = wake;
    this.whenBehind = whenBehind;
    put(": connected\n\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** What it wants. */
  public EventFilter filter() {
    return filter;
  }

  // ---- who sends

  /** What is to be sent next; null while there is nothing. */
  public byte @Nullable [] take() {
    byte[] chunk;
    boolean resume;
    synchronized (this) {
      chunk = buffer.take();
      resume = parked && buffer.isEmpty() && !over;
      parked &= !resume;
      notifyAll();
    }
    if (resume) {
      whenBehind.accept(this);
    }
    return chunk;
  }

  /** Whether nothing more comes, and nothing waits. */
  public synchronized boolean done() {
    return over && buffer.isEmpty();
  }

  /** Nothing more comes; what waits can still be taken. */
  synchronized void end() {
    over = true;
    notifyAll();
    wake.run();
  }

  /** Whether nothing more is to be put. */
  public synchronized boolean over() {
    return over;
  }

  // ---- who reads the past

  /** Where it began, or else where it is to begin. */
  public synchronized Begin from() {
    return next == null ? begin : new Begin.After(next.position());
  }

  /** Says where it goes on. */
  public synchronized void begins(Offsets from, Optional<Reset> reset, Offsets ends) {
    boolean first = next == null;
    next = from.copy();
    if (first) {
      end = follow ? null : ends.copy();
    }
    reset.ifPresent(r -> put(r.block()));
    if (first) {
      lastId = next.toString();
      put(("id: " + lastId + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }
    endsWhereAsked();
  }

  /** Whether a partition is told of as it happens. */
  public synchronized boolean live(int partition) {
    return live.get(partition);
  }

  /**
   * Tells of an event of the past, unless it was told already.
   *
   * @return false where there is no room for it; nothing is changed then
   */
  public synchronized boolean past(StreamEvent event) {
    int partition = event.partition();
    if (over || live.get(partition) || event.offset() < next.at(partition)) {
      return true;
    }
    boolean wanted = filter.matches(event);
    if (wanted && buffer.full()) {
      return false;
    }
    next.raise(partition, event.offset() + 1);
    if (wanted) {
      lastId = next.toString();
      put(event.block(lastId));
    }
    return true;
  }

  /** Waits for room, so long at most; whether there is some. */
  public synchronized boolean awaitRoom(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (buffer.full() && !over) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Notes how far was read; ends where that is all that was wanted. */
  public synchronized void read(Offsets past) {
    for (int p = 0; p < past.partitions(); p++) {
      if (!live.get(p)) {
        next.raise(p, past.at(p));
      }
    }
    endsWhereAsked();
  }

  private void endsWhereAsked() {
    if (end != null && next.reaches(end)) {
      end();
    }
  }

  /** Asks to be read for again when it has taken what waits; at once where nothing does. */
  public void park() {
    boolean resume;
    synchronized (this) {
      resume = buffer.isEmpty();
      parked = !resume;
    }
    if (resume) {
      whenBehind.accept(this);
    }
  }

  // ---- the hub, which holds its own lock in all of these

  /** Whether it follows what happens, and not only what is there already. */
  boolean follows() {
    return follow;
  }

  /** Makes those partitions live that have reached the hub; whether all are. */
  synchronized boolean join(Offsets hub) {
    if (next.partitions() != hub.partitions()) {
      end();
      return true;
    }
    for (int p = 0; p < hub.partitions(); p++) {
      if (next.at(p) >= hub.at(p)) {
        live.set(p);
      }
    }
    return live.cardinality() == hub.partitions();
  }

  /** Makes it wholly behind: it was told all before these offsets, and none from there on. */
  synchronized void leave(Offsets hub) {
    for (int p = live.nextSetBit(0); p >= 0; p = live.nextSetBit(p + 1)) {
      next.raise(p, hub.at(p));
    }
    live.clear();
    settled = false;
  }

  /** Whether some partition is live. */
  synchronized boolean listens() {
    return !live.isEmpty() && !over;
  }

  /** Whether it waits for the past, or for its reader. */
  synchronized boolean isBehind() {
    return next == null || live.cardinality() < next.partitions();
  }

  /**
   * Tells of an event that happens, unless its partition is behind or it was told already.
   *
   * @param hub where the hub is, after the event
   * @param hubId the same as text
   * @return false where there is no room: it must leave
   */
  synchronized boolean happens(StreamEvent event, Offsets hub, String hubId) {
    if (over || !live.get(event.partition()) || event.offset() < next.at(event.partition())) {
      return true;
    }
    if (buffer.full()) {
      return false;
    }
    next.raise(event.partition(), event.offset() + 1);
    lastId = id(hub, hubId);
    put(event.block(lastId));
    return true;
  }

  /** Goes on elsewhere, as all who are live. */
  synchronized void reset(Reset reset, Offsets from) {
    next = from.copy();
    lastId = next.toString();
    put(reset.block());
  }

  /** Says that the connection is alive, and where it is now, if nothing was said for a while. */
  synchronized void beat(long now, Offsets hub, String hubId) {
    if (over || !buffer.isEmpty() || now - lastPut < HEARTBEAT_NANOS) {
      return;
    }
    String id = next == null ? lastId : id(hub, hubId);
    String moved = id.equals(lastId) ? "" : "id: " + id + "\n";
    lastId = id;
    put((": heartbeat\n" + moved + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Where it is: of a live partition where the hub is, but never before what it was told. */
  private String id(Offsets hub, String hubId) {
    settled |= live.cardinality() == hub.partitions() && hub.reaches(next);
    if (settled) {
      return hubId;
    }
    Offsets here = next.copy();
    for (int p = live.nextSetBit(0); p >= 0; p = live.nextSetBit(p + 1)) {
      here.raise(p, hub.at(p));
    }
    return here.toString();
  }

  private void put(byte[] block) {
    buffer.put(block);
    lastPut = System.nanoTime();
    wake.run();
  }
}
