package io.faultline.benchmarks.pipeline;

import io.faultline.domain.job.JobEvent;

/** First failures that wait on the topic before the classifier starts, and are then worked off. */
final class Backlog extends Jobs {

  private final Speed speed;

  Backlog(Traffic traffic, int jobs) {
    super(traffic, jobs);
    speed = new Speed(jobs / 100);
  }

  /** Puts all first failures on the topic. */
  void queue() {
    submit();
    for (int i = 0; i < jobs; i++) {
      fail(i);
    }
    traffic.flush();
  }

  /** Works it off; the speed of all that follow the first hundredth. */
  Speed.Result workOff() {
    awaitEnd();
    return speed.result();
  }

  @Override
  void failed(int number, JobEvent event) {
    speed.count();
  }
}
