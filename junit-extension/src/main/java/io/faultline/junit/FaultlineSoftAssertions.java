package io.faultline.junit;

import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.SoftAssertions;

/** AssertJ's soft assertions and those on events: all are judged before the test fails. */
@CheckReturnValue
public class FaultlineSoftAssertions extends SoftAssertions {

  /** On the events of all jobs of a job set, as they come. */
  public JobSetAssert assertThat(JobSet actual) {
    return proxy(JobSetAssert.class, JobSet.class, actual);
  }

  /** On a stream of events that was kept. */
  public RecordingAssert assertThat(Recording actual) {
    return proxy(RecordingAssert.class, Recording.class, actual);
  }
}
