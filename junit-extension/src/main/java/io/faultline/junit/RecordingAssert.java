package io.faultline.junit;

import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.Verdict;
import java.time.Duration;

/** Assertions on a stream of events that was kept. One that ends before the verdict is too late. */
public class RecordingAssert extends AbstractEventsAssert<RecordingAssert, Recording> {

  /** Of a recording. */
  public RecordingAssert(Recording actual) {
    super(actual, RecordingAssert.class);
  }

  @Override
  Duration timeout() {
    return EventTest.DEFAULT_TIMEOUT; // nothing is waited for
  }

  @Override
  String name() {
    return actual.name();
  }

  @Override
  Verdict judge(EventTest test) {
    return actual.judge(test);
  }
}
