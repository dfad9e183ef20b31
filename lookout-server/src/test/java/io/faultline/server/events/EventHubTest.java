package io.faultline.server.events;

import static io.faultline.server.events.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHubTest {

  private static final int PARTITIONS = 3;
  private static final int EVENTS = 2_500;
  private static final Pattern BLOCK =
      Pattern.compile("id: (\\S+)\nevent: \\w+\ndata: .*?\"eventId\":\"(\\d)-\\w+/(\\d+)\".*\n\n");

  private final Deque<Subscription> behind = new ArrayDeque<>();
  private final EventHub hub = new EventHub(100, behind::add);

  /** Event {@code offset} of a partition; every third is of queue a. */
  private static StreamEvent at(int partition, long offset) {
    String queue = offset % 3 == 0 ? "a" : "b";
    return new StreamEvent(
        partition,
        offset,
        event(partition + "-" + queue, queue, "s", offset, new JobEvent.Succeeded()));
  }

  private void begin(long... ends) {
    hub.begin(new Offsets(new long[ends.length]), new Offsets(ends));
  }

  private Subscription subscribe(EventFilter filter, Begin begin) {
    return hub.subscribe(filter, begin, true, () -> {}).orElseThrow();
  }

  private static String taken(Subscription one) {
    StringBuilder text = new StringBuilder();
    for (byte[] chunk = one.take(); chunk != null; chunk = one.take()) {
      text.append(new String(chunk, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  void who_begins_now_is_told_where_that_is_and_what_happens_from_then_on() {
    begin(7, 0, 0);
    Subscription one = subscribe(Samples.ofQueue("a"), new Begin.Now());
    assertThat(taken(one)).isEqualTo(": connected\n\nid: 0:7,1:0,2:0\n\n");
    hub.happens(at(0, 7));
    hub.happens(at(0, 9));
    assertThat(taken(one))
        .startsWith("id: 0:10,1:0,2:0\nevent: succeeded\ndata: {")
        .endsWith("}\n\n");
  }

  @Test
  void who_is_told_nothing_is_told_now_and_then_where_it_is() {
    begin(0, 0, 0);
    Subscription one = subscribe(Samples.ofQueue("a"), new Begin.Now());
    taken(one);
    hub.beat(System.nanoTime());
    assertThat(taken(one)).isEmpty();
    long later = System.nanoTime() + 6_000_000_000L;
    hub.beat(later);
    assertThat(taken(one)).isEqualTo(": heartbeat\n\n");
    hub.happens(at(1, 4));
    hub.beat(later);
    assertThat(taken(one)).isEqualTo(": heartbeat\nid: 0:0,1:5,2:0\n\n");
  }

  @Test
  void what_waits_for_who_never_reads_is_bounded() {
    begin(0, 0, 0);
    Subscription deaf = subscribe(Samples.ALL, new Begin.Now());
    for (int i = 0; i < 10 * SendBuffer.MAX_BLOCKS; i++) {
      hub.happens(at(0, i));
    }
    assertThat(hub.behind()).isEqualTo(1);
    assertThat(behind).isEmpty();
    String text = taken(deaf);
    assertThat(text.length()).isLessThan(SendBuffer.MAX_BYTES);
    assertThat(behind).containsExactly(deaf);
    // with the two blocks at the beginning
    assertThat(deaf.from())
        .isEqualTo(new Begin.After(new Offsets(SendBuffer.MAX_BLOCKS - 2, 0, 0).position()));
  }

  @Test
  void who_asks_for_an_owner_that_is_not_known_is_behind_and_nobody_else() {
    begin(0, 0, 0);
    EventFilter owned =
        new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("ann"), Set.of(), false);
    Subscription asks = subscribe(owned, new Begin.Now());
    Subscription other = subscribe(Samples.ALL, new Begin.Now());
    taken(asks);
    taken(other);
    assertThat(hub.needsOwner()).isTrue();
    hub.happens(at(0, 0));
    assertThat(behind).containsExactly(asks);
    assertThat(taken(other)).contains("0-a/0");
    assertThat(asks.from()).isEqualTo(new Begin.After(new Offsets(0, 0, 0).position()));
  }

  @Test
  void a_topic_that_is_another_resets_those_who_are_live() {
    begin(5, 5, 5);
    Subscription one = subscribe(Samples.ALL, new Begin.Now());
    taken(one);
    assertThat(hub.begin(new Offsets(0, 0, 0), new Offsets(2, 9, 9)))
        .isEqualTo(new Offsets(0, 0, 0));
    assertThat(taken(one))
        .startsWith("id: 0:0,1:0,2:0\nevent: reset\ndata: {\"reason\":\"unknown-position\"");
    hub.happens(at(0, 0));
    assertThat(taken(one)).startsWith("id: 0:1,1:0,2:0\nevent: succeeded\n");
  }

  @Test
  void a_reset_of_those_who_are_live_takes_nothing_from_who_is_still_in_the_past() {
    begin(5, 5, 5);
    Subscription one = subscribe(Samples.ALL, new Begin.After(new Offsets(5, 2, 5).position()));
    one.begins(new Offsets(5, 2, 5), Optional.empty(), new Offsets(5, 5, 5));
    assertThat(hub.join(one)).isFalse();
    assertThat(one.live(0)).isTrue();
    hub.happens(at(0, 5));
    hub.begin(new Offsets(8, 0, 0), new Offsets(9, 9, 9));
    assertThat(hub.behind()).isEqualTo(1);
    assertThat(one.live(0)).isFalse();
    assertThat(one.from()).isEqualTo(new Begin.After(new Offsets(6, 2, 5).position()));
  }

  @Test
  void no_more_listen_than_may_and_none_before_the_end_of_the_topic_is_known() {
    EventHub small = new EventHub(1, behind::add);
    Optional<Subscription> early = small.subscribe(Samples.ALL, new Begin.Now(), true, () -> {});
    assertThat(early).isEmpty();
    small.begin(new Offsets(0), new Offsets(0));
    Subscription one = small.subscribe(Samples.ALL, new Begin.Now(), true, () -> {}).orElseThrow();
    assertThat(small.subscribe(Samples.ALL, new Begin.Now(), true, () -> {})).isEmpty();
    small.unsubscribe(one);
    assertThat(small.subscribe(Samples.ALL, new Begin.Now(), true, () -> {})).isPresent();
  }

  @Test
  void who_does_not_follow_is_done_after_what_was_there() {
    begin(0, 0, 2);
    Subscription one =
        hub.subscribe(Samples.ALL, new Begin.After(new Position(Map.of())), false, () -> {})
            .orElseThrow();
    assertThat(behind).containsExactly(one);
    one.begins(new Offsets(0, 0, 0), Optional.empty(), new Offsets(0, 0, 2));
    one.past(at(2, 0));
    one.past(at(2, 1));
    assertThat(hub.join(one)).isFalse();
    one.read(new Offsets(0, 0, 2));
    assertThat(one.over()).isTrue();
    assertThat(one.done()).isFalse();
    taken(one);
    assertThat(one.done()).isTrue();
  }

  /** What a listener got, checked as it comes. */
  private static final class Ear {
    final Subscription stream;
    final boolean onlyA;
    final boolean lazy;
    final long[] told;
    int count;

    Ear(Subscription stream, boolean onlyA, boolean lazy, Offsets start) {
      this.stream = stream;
      this.onlyA = onlyA;
      this.lazy = lazy;
      this.told = new long[PARTITIONS];
      for (int p = 0; p < PARTITIONS; p++) {
        told[p] = wanted(start.at(p));
      }
    }

    /** The first event that it wants, here or later. */
    private long wanted(long offset) {
      return onlyA ? (offset + 2) / 3 * 3 : offset;
    }

    /** Takes a chunk; each event must be the next of its partition, and its id the exact place. */
    boolean hear() {
      byte[] chunk = stream.take();
      if (chunk == null) {
        return false;
      }
      Matcher block = BLOCK.matcher(new String(chunk, StandardCharsets.UTF_8));
      while (block.find()) {
        int partition = Integer.parseInt(block.group(2));
        long offset = Long.parseLong(block.group(3));
        assertThat(offset).isEqualTo(told[partition]);
        told[partition] = wanted(offset + 1);
        count++;
        Position id = Position.parse(block.group(1)).orElseThrow();
        for (int p = 0; p < PARTITIONS; p++) {
          assertThat(wanted(id.next().get(p))).as("in %s", block.group(1)).isEqualTo(told[p]);
        }
      }
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void every_event_is_told_once_in_order_however_listeners_come_read_and_fall_behind(long seed) {
    Random random = new Random(seed);
    long[] read = {300, 200, 100};
    begin(read);
    List<Ear> ears = new ArrayList<>();
    boolean more = true;
    while (more) {
      int dice = random.nextInt(100);
      if (dice < 2 && ears.size() < 8) {
        ears.add(ear(random, read));
      } else if (dice < 60) {
        int partition = random.nextInt(PARTITIONS);
        for (int i = random.nextInt(40); i > 0 && read[partition] < EVENTS; i--) {
          hub.happens(at(partition, read[partition]++));
        }
      } else if (dice < 80 && !behind.isEmpty()) {
        readPast(behind.remove(), random, read);
      } else if (!ears.isEmpty()) {
        Ear ear = ears.get(random.nextInt(ears.size()));
        if (!ear.lazy || random.nextInt(10) == 0) {
          ear.hear();
        }
      }
      more = read[0] + read[1] + read[2] < PARTITIONS * EVENTS;
    }
    for (Ear ear : ears) {
      do {
        while (ear.hear()) {
          // until nothing waits
        }
        while (!behind.isEmpty()) {
          readPast(behind.remove(), random, read);
        }
      } while (ear.hear());
      assertThat(Arrays.stream(ear.told).min().orElseThrow()).isGreaterThanOrEqualTo(EVENTS);
      assertThat(ear.count).isPositive();
    }
    assertThat(hub.behind()).isZero();
  }

  private Ear ear(Random random, long[] read) {
    boolean onlyA = random.nextBoolean();
    Offsets start = new Offsets(read);
    Begin begin = new Begin.Now();
    if (random.nextBoolean()) {
      start = new Offsets(random.nextInt(101), random.nextInt(101), random.nextInt(101));
      begin = new Begin.After(start.position());
    }
    Subscription one = subscribe(onlyA ? Samples.ofQueue("a") : Samples.ALL, begin);
    return new Ear(one, onlyA, random.nextInt(3) == 0, start);
  }

  /** As a reader of the past does: some events, then whoever is not done waits its turn again. */
  private void readPast(Subscription one, Random random, long[] read) {
    Begin.After after = (Begin.After) one.from();
    Offsets ends = new Offsets(end(read[0]), end(read[1]), end(read[2]));
    Offsets at = Resumption.of(after.position(), new Offsets(0, 0, 0), ends).from();
    one.begins(at, Optional.empty(), ends);
    for (int turns = random.nextInt(20); turns >= 0; turns--) {
      if (hub.join(one)) {
        return;
      }
      int partition = random.nextInt(PARTITIONS);
      for (int i = random.nextInt(300); i > 0 && at.at(partition) < end(read[partition]); i--) {
        if (!one.live(partition)) {
          if (!one.past(at(partition, at.at(partition)))) {
            hub.leave(one);
            one.park();
            return;
          }
          at.raise(partition, at.at(partition) + 1);
        }
      }
      one.read(at);
      // what happens meanwhile, of partitions that are live already
      if (read[partition] < EVENTS) {
        hub.happens(at(partition, read[partition]++));
      }
    }
    hub.leave(one);
    behind.add(one);
  }

  /** The hub's reader is always a little behind the topic, and readers of the past may be ahead. */
  private static long end(long read) {
    return Math.min(read + 20, EVENTS);
  }
}
