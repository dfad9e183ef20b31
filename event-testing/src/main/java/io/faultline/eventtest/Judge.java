package io.faultline.eventtest;

import io.faultline.eventtest.Verdict.Result;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of a test's jobs as they come, by one thread. The verdict falls at the first
 * event that is wrong, or at the last one that is needed.
 */
public final class Judge {

  private final EventTest test;
  private final Map<String, JobJudge> jobs = new LinkedHashMap<>();
  private final @Nullable GangJudge gangs;
  private final AtomicInteger waiting;
  private int taken;

  /**
   * Of the jobs of a test.
   *
   * @throws IllegalArgumentException where there are none
   */
  public Judge(EventTest test, Collection<String> jobIds) {
    this.test = test;
    jobIds.forEach(id -> jobs.put(id, new JobJudge(test)));
    gangs = test.gangs() == null ? null : new GangJudge(test.gangs());
    waiting = new AtomicInteger(jobs.size());
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("a test without jobs has nothing to judge");
    }
  }

  /** Takes the next event, of any job; the verdict where it falls. Events of others are ignored. */
  public Optional<Verdict> take(ObservedEvent event) {
    int index = taken++;
    JobJudge job = jobs.get(event.jobId());
    if (job == null) {
      return Optional.empty();
    }
    boolean awaited = !job.done();
    Optional<JobJudge.Wrong> wrong = job.take(event);
    if (wrong.isEmpty() && gangs != null) {
      wrong = gangs.take(event).map(JobJudge.Wrong::new);
    }
    if (awaited && job.done()) {
      waiting.decrementAndGet();
    }
    boolean complete = waiting.get() == 0 && (gangs == null || !gangs.waits(jobs.keySet()));
    if (wrong.isEmpty() && complete && gangs != null) {
      wrong = gangs.atTheEnd(jobs.keySet()).map(JobJudge.Wrong::new);
    }
    if (wrong.isPresent()) {
      return Optional.of(fail(index, event, job, wrong.get()));
    }
    return complete ? Optional.of(Verdict.pass(index)) : Optional.empty();
  }

  private static Verdict fail(int index, ObservedEvent event, JobJudge job, JobJudge.Wrong wrong) {
    return new Verdict(
        Result.FAIL, index, event.jobId(), wrong.message(), wrong.differences(), job.ladder());
  }

  /** The verdict where no more events will come, or the time is over, before it has fallen. */
  public Verdict timeout() {
    if (waiting.get() == 0) {
      return new Verdict(
          Result.TIMEOUT,
          -1,
          "",
          "not all gangs have ended, and how they end is to be compared",
          List.of(),
          List.of());
    }
    Map.Entry<String, JobJudge> first =
        jobs.entrySet().stream().filter(job -> !job.getValue().done()).findFirst().orElseThrow();
    String message =
        "%d of %d jobs have not had all their events; %s awaits %s"
            .formatted(waiting.get(), jobs.size(), first.getKey(), first.getValue().awaited());
    return new Verdict(
        Result.TIMEOUT, -1, first.getKey(), message, List.of(), first.getValue().ladder());
  }

  /** How many jobs the test has. */
  public int jobs() {
    return jobs.size();
  }

  /** How many jobs have had all their events, for progress; may be asked by any thread. */
  public int done() {
    return jobs.size() - waiting.get();
  }

  /** The test. */
  public EventTest test() {
    return test;
  }
}
