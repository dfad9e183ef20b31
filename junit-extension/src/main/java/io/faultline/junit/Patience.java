package io.faultline.junit;

import io.faultline.cli.testing.LiveJudge;
import io.faultline.eventtest.Judge;
import io.faultline.eventtest.Verdict;
import java.time.Duration;

/** Waits for a verdict, and says on standard error how far it is when that takes long. */
record Patience(String jobSet, Judge judge, LiveJudge events) {

  private static final Duration SAY_EVERY = Duration.ofSeconds(10);

  /** The verdict, at the latest when the test's time is over. */
  Verdict await() {
    long begin = System.nanoTime();
    long timeout = judge.test().timeout().toNanos();
    for (long next = SAY_EVERY.toNanos(); next < timeout; next += SAY_EVERY.toNanos()) {
      Verdict verdict = events.await(begin + next);
      if (verdict.result() != Verdict.Result.TIMEOUT) {
        return verdict;
      }
      System.err.printf(
          "faultline: %s: %d of %d jobs have had all their events after %d s%n",
          jobSet, judge.done(), judge.jobs(), Duration.ofNanos(next).toSeconds());
    }
    return events.await(begin + timeout);
  }
}
