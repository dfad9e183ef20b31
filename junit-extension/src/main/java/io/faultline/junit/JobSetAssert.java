package io.faultline.junit;

import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.Verdict;
import java.time.Duration;
import org.assertj.core.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/** Assertions on the events of all jobs of a job set, as they come. */
public class JobSetAssert extends AbstractEventsAssert<JobSetAssert, JobSet> {

  private @Nullable Duration timeout;

  /** Of a job set. */
  public JobSetAssert(JobSet actual) {
    super(actual, JobSetAssert.class);
  }

  /**
   * How long it waits for all events, from {@link #emits} on.
   *
   * @param time more than none
   */
  @CheckReturnValue
  public JobSetAssert within(Duration time) {
    timeout = time;
    return myself;
  }

  @Override
  Duration timeout() {
    return timeout == null ? actual.timeout() : timeout;
  }

  @Override
  String name() {
    return actual.name();
  }

  @Override
  Verdict judge(EventTest test) {
    if (test.asksForDecisions()) {
      throw new IllegalArgumentException(
          "of a live decision only its policy is known; the others can be asserted on a Recording");
    }
    return actual.judge(test);
  }
}
