package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.JobSetFeed;
import io.faultline.cli.rest.RestClient;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.Judge;
import io.faultline.eventtest.ObservedEvent;
import io.faultline.eventtest.TestJobs;
import io.faultline.eventtest.Verdict;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one test against a server: submits its jobs, does to them what it says, and judges. */
final class LiveRun {

  /**
   * How tests are run.
   *
   * @param createQueues whether queues that are not there are made
   * @param keepJobs whether jobs that have not ended with the test go on
   */
  record Manner(boolean createQueues, boolean keepJobs) {}

  private final RestClient client;
  private final EventTest test;
  private final TestJobs jobs;
  private final Manner manner;
  private final Set<String> alive = new HashSet<>();

  LiveRun(RestClient client, EventTest test, TestJobs jobs, Manner manner) {
    this.client = client;
    this.test = test;
    this.jobs = jobs;
    this.manner = manner;
  }

  /**
   * Runs it.
   *
   * @param record where its stream is kept; null for nowhere
   * @param watcher is given the judge once the jobs are submitted, to show how far it is
   * @throws CliException where the server refuses a call or is away for too long
   */
  Verdict run(@Nullable Path record, Consumer<Judge> watcher) {
    final long deadline = System.nanoTime() + test.timeout().toNanos();
    LiveJobs live = new LiveJobs(client, jobs);
    live.setUpQueue(manner.createQueues());
    boolean judged = false;
    try {
      List<String> ids = live.submit();
      alive.addAll(ids);
      Judge judge = new Judge(test, ids);
      watcher.accept(judge);
      Verdict verdict = judge(live, ids, judge, record, deadline);
      judged = true;
      if (verdict.result() == Verdict.Result.PASS
          && jobs.cancel() != null
          && jobs.cancel().againWhenEnded()) {
        live.cancelSet("its test, once more");
      }
      return verdict;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    } finally {
      if ((!judged || !alive.isEmpty()) && !manner.keepJobs()) {
        live.cancelSet("its test is over");
      }
      live.removeQueue();
    }
  }

  private Verdict judge(
      LiveJobs live, List<String> ids, Judge judge, @Nullable Path record, long deadline) {
    try (JobSetFeed feed = new JobSetFeed(client, live.queue(), live.jobSet());
        StreamRecorder recorder = record == null ? null : new StreamRecorder(record, ids)) {
      LiveJudge events = new LiveJudge(feed, judge);
      if (recorder != null) {
        events.tell((json, event) -> recorder.event(json));
      }
      events.tell((json, event) -> ended(event));
      if (jobs.cancel() != null) {
        Set<String> untriggered = new HashSet<>(ids);
        events.tell((json, event) -> trigger(live, ids, untriggered, event));
      }
      return events.await(deadline);
    }
  }

  private void ended(ObservedEvent event) {
    if (event.terminal()) {
      alive.remove(event.jobId());
    }
  }

  /** Acts once, when the last job has had the event. */
  private void trigger(
      LiveJobs live, List<String> ids, Set<String> untriggered, ObservedEvent event) {
    if (event.kind() == jobs.cancel().trigger()
        && untriggered.remove(event.jobId())
        && untriggered.isEmpty()) {
      live.cancel(jobs.cancel(), ids);
    }
  }
}
