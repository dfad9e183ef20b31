package io.faultline.decider.timer;

import io.faultline.domain.job.JobIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * For which jobs and sets there is something to do at which time. All times are milliseconds since
 * 1970, 0 or more.
 *
 * <p>The store's key is the time and then the job, so that the first entries are those that are due
 * first. When a timer has fired its entry is deleted, which leaves a mark that a search has to pass
 * over; after a million of them every search would. So a cursor, kept under a key that sorts before
 * all times, says where the first timer can be, and searches begin there.
 */
public final class Timers {

  private static final Bytes CURSOR = Bytes.wrap(new byte[1]);
  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> store;
  private long cursor;
  private long earliest;

  /** Over a store of the topology, which may hold timers of an earlier life. */
  public Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    byte[] kept = store.get(CURSOR);
    this.cursor = kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
    this.earliest = cursor;
  }

  /** A timer: for which job or set there is something to do, and when. */
  public record Timer(long dueAt, String id) {

    /** The timer of a job; a part of a millisecond counts as a whole one, so that none is early. */
    public static Timer of(Instant dueAt, JobIdentity job) {
      return of(dueAt, job.jobId());
    }

    /** The timer of what has this id. */
    public static Timer of(Instant dueAt, String id) {
      Instant whole = dueAt.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
      return new Timer(whole.toEpochMilli(), id);
    }
  }

  /** There is something to do at this time. */
  public void add(Timer timer) {
    long dueAt = timer.dueAt();
    store.put(key(dueAt, timer.id()), NOTHING);
    if (dueAt < cursor) {
      // a clock that was set back: it must still be found
      moveTo(dueAt);
    }
    earliest = Math.min(earliest, dueAt);
  }

  /** There is nothing to do any more at this time. */
  public void remove(Timer timer) {
    store.delete(key(timer.dueAt(), timer.id()));
  }

  /**
   * The timers that are due, those that are due first at the head. They stay until they are
   * removed.
   *
   * @param limit no more than these
   */
  public List<Timer> due(long now, int limit) {
    if (now < earliest) {
      return List.of();
    }
    List<Timer> due = new ArrayList<>();
    long first = Long.MAX_VALUE;
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(key(cursor, ""), null)) {
      while (timers.hasNext() && first == Long.MAX_VALUE) {
        Timer timer = timer(timers.next().key);
        if (timer.dueAt() > now || due.size() == limit) {
          first = timer.dueAt();
        } else {
          due.add(timer);
        }
      }
    }
    // what follows these begins no sooner; it is looked for from the first that may still be there
    earliest = due.isEmpty() ? first : due.get(0).dueAt();
    return due;
  }

  /** All that was due until this time has been removed: searches need not look there again. */
  public void passed(long time) {
    if (time > cursor) {
      moveTo(time);
    }
  }

  private void moveTo(long time) {
    cursor = time;
    store.put(CURSOR, ByteBuffer.allocate(Long.BYTES).putLong(time).array());
  }

  private static Bytes key(long dueAt, String jobId) {
    byte[] job = jobId.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + job.length).putLong(Math.max(0, dueAt)).put(job).array());
  }

  private static Timer timer(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    long dueAt = bytes.getLong();
    return new Timer(dueAt, StandardCharsets.UTF_8.decode(bytes).toString());
  }
}
