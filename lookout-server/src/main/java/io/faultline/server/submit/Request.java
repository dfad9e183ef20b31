package io.faultline.server.submit;

import io.faultline.rules.job.JobFile;
import io.faultline.rules.jobset.JobSetSubmission;
import io.faultline.server.control.AcceptedJob;
import io.faultline.server.control.AcceptedSet;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** What is asked to be submitted: a job file, or a JobSet. */
public final class Request {

  /** What comes of it once it is accepted. */
  record Content(List<AcceptedJob> jobs, List<AcceptedSet> sets) {}

  private final String queue;
  private final String jobSet;
  private final BiFunction<Acceptance, Instant, Content> content;

  private Request(String queue, String jobSet, BiFunction<Acceptance, Instant, Content> content) {
    this.queue = queue;
    this.jobSet = jobSet;
    this.content = content;
  }

  /** The jobs of a job file. */
  public static Request of(JobFile file) {
    return new Request(file.queue(), file.jobSet(), (acceptance, at) -> acceptance.file(file, at));
  }

  /** A JobSet. */
  public static Request of(JobSetSubmission set) {
    return new Request(set.queue(), set.jobSet(), (acceptance, at) -> acceptance.jobSet(set, at));
  }

  String queue() {
    return queue;
  }

  String jobSet() {
    return jobSet;
  }

  Content accept(Acceptance acceptance, Instant at) {
    return content.apply(acceptance, at);
  }
}
