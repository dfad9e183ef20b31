package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  private static final Duration INTERVAL = Duration.ofMillis(40);

  /** Each test has a day of its own: whatever runs on one thread shares when it last asked. */
  private static final AtomicLong DAY = new AtomicLong(20_000);

  private final long start = Duration.ofDays(DAY.incrementAndGet()).toMillis();
  private final Processor processor = new Processor();

  @Test
  void firstRecordIsCommittedAtOnceAndTheNextOnesTogether() {
    assertThat(processor.asksWhenTaking(0, 0)).isTrue();
    assertThat(processor.asksWhenTaking(1, 1)).isFalse();
    assertThat(processor.asksWhenTaking(39, 39)).isFalse();
    assertThat(processor.asksWhenTaking(40, 40)).isTrue();
    assertThat(processor.asksWhenTaking(41, 41)).isFalse();
  }

  @Test
  void lastRecordIsCommittedThoughNoneFollowsIt() {
    assertThat(processor.asksWhenTaking(0, 0)).isTrue();
    assertThat(processor.asksWhenTaking(10, 10)).isFalse();
    assertThat(processor.asksByTheClock(20)).isFalse();
    assertThat(processor.asksByTheClock(40)).isTrue();
  }

  @Test
  void nothingIsCommittedWhereNothingWasTaken() {
    assertThat(processor.asksByTheClock(40)).isFalse();
    assertThat(processor.asksWhenTaking(50, 50)).isTrue();
    assertThat(processor.asksByTheClock(100)).isFalse();
  }

  @Test
  void whoIsBehindDoesNotAsk() {
    assertThat(processor.asksWhenTaking(-1_001, 0)).isFalse();
    assertThat(processor.asksByTheClock(40)).isFalse();
    assertThat(processor.asksWhenTaking(-900, 100)).isTrue();
  }

  @Test
  void whatTimeBringsAboutIsCommittedToo() {
    assertThat(processor.asksWhenActing(0)).isTrue();
    assertThat(processor.asksWhenActing(10)).isFalse();
    assertThat(processor.asksByTheClock(40)).isTrue();
    assertThat(processor.asksWhenActing(60_000)).isTrue();
    assertThat(processor.asksWhenTaking(58_000, 60_040)).isFalse();
    assertThat(processor.asksWhenActing(60_080)).isFalse();
  }

  @Test
  void twoProcessorsOfOneThreadAskForOneCommit() {
    Processor other = new Processor();
    assertThat(processor.asksWhenTaking(0, 0)).isTrue();
    assertThat(other.asksWhenTaking(20, 20)).isFalse();
    assertThat(other.asksByTheClock(40)).isTrue();
    assertThat(processor.asksByTheClock(45)).isFalse();
    assertThat(processor.asksByTheClock(90)).isFalse();
  }

  /** A processor with nothing but its pace; all times are milliseconds after the test's start. */
  private final class Processor {

    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final CommitPace pace = new CommitPace(context, INTERVAL);

    boolean asksWhenTaking(long timestamp, long now) {
      context.resetCommit();
      context.setCurrentSystemTimeMs(start + now);
      pace.took(start + timestamp);
      return context.committed();
    }

    boolean asksWhenActing(long now) {
      context.resetCommit();
      context.setCurrentSystemTimeMs(start + now);
      pace.acted();
      return context.committed();
    }

    boolean asksByTheClock(long now) {
      context.resetCommit();
      context.setCurrentSystemTimeMs(start + now);
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(start + now);
      return context.committed();
    }
  }
}
