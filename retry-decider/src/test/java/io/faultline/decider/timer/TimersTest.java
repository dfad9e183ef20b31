package io.faultline.decider.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.decider.timer.Timers.Timer;
import io.faultline.domain.job.JobIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class TimersTest {

  private static final Comparator<Timer> IN_ORDER =
      Comparator.comparing(Timer::dueAt).thenComparing(Timer::id);

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("timers").get();

  @Test
  void aTimerIsDueAtItsTimeAndNotBefore() {
    Timers timers = new Timers(store);
    timers.add(new Timer(100, "a"));

    assertThat(timers.due(99, 10)).isEmpty();
    assertThat(timers.due(100, 10)).containsExactly(new Timer(100, "a"));
    assertThat(timers.due(100, 10)).containsExactly(new Timer(100, "a"));
    timers.remove(new Timer(100, "a"));
    assertThat(timers.due(1_000, 10)).isEmpty();
  }

  @Test
  void whatIsDueFirstComesFirstAndNoMoreThanAskedFor() {
    Timers timers = new Timers(store);
    timers.add(new Timer(300, "a"));
    timers.add(new Timer(100, "b"));
    timers.add(new Timer(200, "c"));

    assertThat(timers.due(300, 2)).containsExactly(new Timer(100, "b"), new Timer(200, "c"));
  }

  @Test
  void theNextLifeGoesOnWhereThisOneWas() {
    Timers timers = new Timers(store);
    timers.add(new Timer(100, "a"));
    timers.add(new Timer(200, "b"));
    fire(timers, 150, 10);

    Timers next = new Timers(store);
    assertThat(next.due(1_000, 10)).containsExactly(new Timer(200, "b"));
    assertThat(store.approximateNumEntries()).isEqualTo(2);
  }

  @Test
  void aTimerFromBeforeWhatHasPassedIsFoundToo() {
    Timers timers = new Timers(store);
    timers.add(new Timer(1_000, "a"));
    fire(timers, 2_000, 10);

    timers.add(new Timer(500, "b"));
    assertThat(new Timers(store).due(600, 10)).containsExactly(new Timer(500, "b"));
    assertThat(timers.due(600, 10)).containsExactly(new Timer(500, "b"));
  }

  @Test
  void aPartOfAMillisecondCountsAsAWholeOne() {
    JobIdentity job = new JobIdentity("j", "q", "s", null);
    assertThat(Timer.of(Instant.ofEpochSecond(1, 1), job)).isEqualTo(new Timer(1_001, "j"));
    assertThat(Timer.of(Instant.ofEpochSecond(1), job)).isEqualTo(new Timer(1_000, "j"));
  }

  /** One thing that happens: a timer is set, one is taken back, time passes, a life ends. */
  private record Move(int what, int time, int job, int limit) {}

  @Property(tries = 2_000)
  void itIsAsASortedSetWouldBe(@ForAll("moves") List<Move> moves) {
    KeyValueStore<Bytes, byte[]> kept = Stores.inMemoryKeyValueStore("timers").get();
    Timers timers = new Timers(kept);
    TreeSet<Timer> model = new TreeSet<>(IN_ORDER);
    for (Move move : moves) {
      Timer timer = new Timer(move.time(), "job-" + move.job());
      switch (move.what()) {
        case 0 -> {
          timers.add(timer);
          model.add(timer);
        }
        case 1 -> {
          timers.remove(timer);
          model.remove(timer);
        }
        case 2 -> {
          List<Timer> expected =
              model.stream().filter(t -> t.dueAt() <= move.time()).limit(move.limit()).toList();
          assertThat(fire(timers, move.time(), move.limit())).isEqualTo(expected);
          expected.forEach(model::remove);
        }
        default -> timers = new Timers(kept);
      }
    }
    assertThat(fire(timers, Long.MAX_VALUE, 1_000)).isEqualTo(new ArrayList<>(model));
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 4))
        .as(Move::new)
        .list()
        .ofMaxSize(40);
  }

  private static List<Timer> fire(Timers timers, long now, int limit) {
    List<Timer> due = timers.due(now, limit);
    for (Timer timer : due) {
      timers.remove(timer);
      timers.passed(timer.dueAt());
    }
    return due;
  }
}
