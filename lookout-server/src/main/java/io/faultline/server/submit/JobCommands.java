package io.faultline.server.submit;

import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.server.kafka.JobProducer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Commands jobs. A command never overtakes the submit of its job. */
public final class JobCommands {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Submissions submissions;
  private final JobProducer producer;
  private final Clock clock;

  public JobCommands(Submissions submissions, JobProducer producer, Clock clock) {
    this.submissions = submissions;
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Cancels jobs.
   *
   * @param unsettled those of them whose submit may not be on Kafka yet
   * @return whether Kafka has all the commands; else some may be there, and asking again is safe
   */
  public boolean cancel(List<JobIdentity> jobs, Set<String> unsettled, String by, String reason)
      throws InterruptedException {
    Instant at = now();
    return send(jobs, unsettled, job -> new JobCommand.Cancel(job, at, by, reason));
  }

  /**
   * Has a job's run that waits for its time started now.
   *
   * @return whether Kafka has the command; else it may be there, and asking again is safe
   */
  public boolean retry(JobIdentity job, String by) throws InterruptedException {
    Instant at = now();
    return send(List.of(job), Set.of(), waiting -> new JobCommand.Retry(waiting, at, by));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private boolean send(
      List<JobIdentity> jobs, Set<String> unsettled, Function<JobIdentity, JobCommand> command)
      throws InterruptedException {
    List<CompletableFuture<Void>> commands = new ArrayList<>();
    for (JobIdentity job : jobs) {
      if (unsettled.contains(job.jobId()) && !submissions.settle(job.jobId())) {
        return false;
      }
      commands.add(producer.command(command.apply(job)));
    }
    try {
      CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new))
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
