package io.faultline.server.events;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands each event that is read to the listeners it is for. One thread reads; others come and go.
 * Nothing here waits for a listener.
 */
public final class EventHub {

  private final Set<Subscription> all = Collections.newSetFromMap(new IdentityHashMap<>());
  private final EventIndex index = new EventIndex();
  private final int most;
  private final Consumer<Subscription> whenBehind;

  // after the last event that was handed on; null until the reader knows
  private @Nullable Offsets position;
  private boolean closed;

  /**
   * @param most listeners at once
   * @param whenBehind told who should be read for from the past; must not block
   */
  public EventHub(int most, Consumer<Subscription> whenBehind) {
    this.most = most;
    this.whenBehind = whenBehind;
  }

  /** Whether it knows where the topic ends, so that someone can listen. */
  public synchronized boolean ready() {
    return position != null && !closed;
  }

  /** How many listen. */
  public synchronized int size() {
    return all.size();
  }

  /** How many of them are not live. */
  public synchronized long behind() {
    return all.stream().filter(Subscription::isBehind).count();
  }

  // ---- who listens

  /**
   * Adds a listener.
   *
   * @param wake called when there is something to take from it; must not block
   * @return empty where as many listen as may, or where it is not ready
   */
  public Optional<Subscription> subscribe(
      EventFilter filter, Begin begin, boolean follow, Runnable wake) {
    Subscription one = new Subscription(filter, begin, follow, wake, whenBehind);
    synchronized (this) {
      if (!ready() || all.size() >= most) {
        return Optional.empty();
      }
      all.add(one);
      if (begin instanceof Begin.Now) {
        one.begins(position, Optional.empty(), position);
        join(one);
        return Optional.of(one);
      }
    }
    whenBehind.accept(one);
    return Optional.of(one);
  }

  /** Removes a listener; nothing more is put for it. */
  public synchronized void unsubscribe(Subscription one) {
    all.remove(one);
    index.remove(one);
    one.end();
  }

  /** Ends all streams once what waits has been sent, and takes no more. */
  public synchronized void close() {
    closed = true;
    all.forEach(Subscription::end);
  }

  /** Says to those who heard nothing for a while that they are connected. */
  public synchronized void beat(long now) {
    if (position != null) {
      String id = position.toString();
      all.forEach(one -> one.beat(now, position, id));
    }
  }

  // ---- who reads the past

  /**
   * Makes a listener live where it has reached this hub.
   *
   * @return whether nothing of the past is left to be read for it
   */
  public synchronized boolean join(Subscription one) {
    if (!all.contains(one) || !one.follows()) {
      return one.over();
    }
    boolean joined = one.join(position);
    if (one.listens()) {
      index.add(one);
    }
    return joined;
  }

  /** Makes a listener wholly behind, for a pause in reading its past. */
  public synchronized void leave(Subscription one) {
    one.leave(position);
    index.remove(one);
  }

  // ---- who reads what happens

  /**
   * Begins to read, or begins again.
   *
   * @param begins the earliest offset kept of each partition
   * @param ends the offset after the last of each
   * @return where to begin
   */
  public synchronized Offsets begin(Offsets begins, Offsets ends) {
    if (position == null) {
      position = ends.copy();
    } else if (position.partitions() != ends.partitions()) {
      position = ends.copy();
      all.forEach(Subscription::end);
    } else {
      Resumption resumption = Resumption.of(position.position(), begins, ends);
      resumption.reset().ifPresent(reset -> reset(reset, resumption.from()));
      position = resumption.from();
    }
    return position.copy();
  }

  /** Who is behind in part is so as a whole, and finds out when its past is read. */
  private void reset(Reset reset, Offsets from) {
    for (Subscription one : all) {
      if (one.isBehind()) {
        leave(one);
      } else {
        one.reset(reset, from);
      }
    }
  }

  /**
   * Passes over an event that nobody listens for, so that it need not even be decoded.
   *
   * @return false where someone listens
   */
  public synchronized boolean passes(int partition, long offset) {
    boolean idle = index.isEmpty();
    if (idle) {
      position.raise(partition, offset + 1);
    }
    return idle;
  }

  /** Whether someone asks for the owners of jobs. */
  public synchronized boolean needsOwner() {
    return index.needsOwner();
  }

  /**
   * Hands on an event. Those who have no room are behind from here on, and so are those who ask for
   * an owner that is not known.
   */
  public synchronized void happens(StreamEvent event) {
    Offsets after = position.copy();
    after.raise(event.partition(), event.offset() + 1);
    String id = after.toString();
    for (Subscription one : index.candidates(event)) {
      boolean unknown = one.filter().needsOwner() && event.owner() == null;
      if (unknown || (one.filter().matches(event) && !one.happens(event, after, id))) {
        fallsBehind(one);
      }
    }
    position = after;
  }

  private void fallsBehind(Subscription one) {
    boolean readFor = one.isBehind();
    one.leave(position);
    index.remove(one);
    if (!readFor) {
      one.park();
    }
  }

  /** Notes that everything before these offsets was handed on. */
  public synchronized void read(Offsets before) {
    position.raise(before);
  }
}
