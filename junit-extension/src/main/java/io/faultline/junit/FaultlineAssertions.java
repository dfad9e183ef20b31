package io.faultline.junit;

import org.assertj.core.annotation.CheckReturnValue;

/** Where assertions on events begin; to be imported statically, also beside AssertJ's own. */
@CheckReturnValue
public final class FaultlineAssertions {

  private FaultlineAssertions() {}

  /** On the events of all jobs of a job set, as they come. */
  public static JobSetAssert assertThat(JobSet actual) {
    return new JobSetAssert(actual);
  }

  /** On a stream of events that was kept. */
  public static RecordingAssert assertThat(Recording actual) {
    return new RecordingAssert(actual);
  }
}
