package io.faultline.decider;

import io.faultline.app.CommitPace;
import io.faultline.decider.JobGroups.Member;
import io.faultline.decider.lease.ExecutorWatch;
import io.faultline.decider.lease.Pulse;
import io.faultline.decider.timer.Timers;
import io.faultline.decider.timer.Timers.Timer;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobMachine;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.Step;
import io.faultline.domain.retry.PolicyChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Translates: reads the job's state, asks the machine, writes the state, forwards the effects. It
 * decides nothing itself.
 */
final class JobProcessor implements Processor<String, Object, String, Object> {

  /** No more runs expire at once; the rest follows at the next tick. */
  private static final int EXPIRIES_A_TICK = 500;

  /** Expiring takes no longer at once, so that what executors report is not held up. */
  private static final long EXPIRY_MILLIS_A_TICK = 50;

  /** How often is looked for runs that are due: what they wait is that much longer at most. */
  private static final Duration TIMER_TICK = Duration.ofMillis(100);

  /** No more runs are asked for at once because they are due; the rest follows at the next tick. */
  private static final int TIMERS_A_TICK = 2_000;

  /** Nor does it take longer at once. */
  private static final long TIMER_MILLIS_A_TICK = 50;

  /** How often is looked for runs whose queue is free again. */
  private static final Duration RELEASE_TICK = Duration.ofMillis(250);

  /** No more of them are asked for at once. */
  private static final int RELEASES_A_TICK = 500;

  private final DeciderSettings settings;
  private final JobMachine machine;
  private final Function<String, PolicyChoice> policyOfQueue;
  private final Predicate<String> heldQueues;
  private final DecisionLog decisions;
  private final ExecutorWatch watch;

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, JobState> jobs;
  private JobGroups leased;
  private JobGroups parked;
  private Timers timers;
  private EffectForwarder effects;
  private CommitPace commits;

  JobProcessor(
      DeciderSettings settings,
      Function<String, PolicyChoice> policyOfQueue,
      Predicate<String> heldQueues,
      DecisionLog decisions) {
    this.settings = settings;
    this.machine = new JobMachine(settings.retry());
    this.policyOfQueue = policyOfQueue;
    this.heldQueues = heldQueues;
    this.decisions = decisions;
    this.watch = new ExecutorWatch(settings.executorTimeout());
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    this.jobs = context.getStateStore(DeciderTopology.JOBS);
    this.leased = new JobGroups(context.getStateStore(DeciderTopology.LEASED_RUNS));
    this.timers = new Timers(context.getStateStore(DeciderTopology.TIMERS));
    this.parked = new JobGroups(context.getStateStore(DeciderTopology.PARKED_RUNS));
    this.effects = new EffectForwarder(context, timers, heldQueues, parked);
    this.commits = new CommitPace(context, settings.streams().commitInterval());
    Duration tick = settings.executorTimeout().dividedBy(30);
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::expireLeases);
    context.schedule(TIMER_TICK, PunctuationType.WALL_CLOCK_TIME, this::askForWhatIsDue);
    context.schedule(RELEASE_TICK, PunctuationType.WALL_CLOCK_TIME, this::askForWhatIsFree);
  }

  @Override
  public void process(Record<String, Object> record) {
    Object input = record.value();
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    if (input instanceof RunReport report) {
      JobState state = jobs.get(report.job().jobId());
      take(report.job(), state, machine.report(state, report, now), record);
    } else if (input instanceof ClassifiedError failure) {
      fail(failure, now, record);
    } else if (input instanceof JobCommand command) {
      JobState state = jobs.get(command.job().jobId());
      take(command.job(), state, machine.command(state, command, now), record);
    } else if (input instanceof Heartbeat heartbeat) {
      watch.heartbeat(heartbeat.executor(), now.toEpochMilli());
    } else if (input == null) {
      pulse(record, now);
    } else {
      throw new IllegalArgumentException("no such input: " + input.getClass());
    }
    commits.took(record.timestamp());
  }

  private void fail(ClassifiedError failure, Instant now, Record<String, Object> record) {
    JobIdentity job = failure.error().job();
    JobState state = jobs.get(job.jobId());
    Step step = machine.failure(state, failure, policyOfQueue.apply(job.queue()), now);
    String category = failure.classification().info().category();
    effects.decisions(step).forEach(decision -> decisions.tell(decision, category));
    take(job, state, step, record);
  }

  private void pulse(Record<String, Object> record, Instant now) {
    if (Pulse.key(settings.common().instanceId()).equals(record.key())) {
      watch.pulse(Pulse.sentAt(record.headers()), now.toEpochMilli());
    }
  }

  private void take(JobIdentity job, JobState before, Step step, Record<String, Object> cause) {
    take(job, before, step, cause.timestamp(), cause.headers());
  }

  private void take(JobIdentity job, JobState before, Step step, long timestamp, Headers headers) {
    JobState after = step.state();
    if (after != null && !after.equals(before)) {
      jobs.put(job.jobId(), after);
      index(job.jobId(), holder(before), holder(after));
    }
    effects.forward(job, step, timestamp, headers);
  }

  /** Who holds a run that can still be lost; empty where nobody does. */
  private static String holder(JobState state) {
    return state instanceof ActiveJob active && !active.run().lost() ? active.run().executor() : "";
  }

  private void index(String jobId, String before, String after) {
    if (before.equals(after)) {
      return;
    }
    if (!before.isEmpty()) {
      leased.remove(before, jobId);
    }
    if (!after.isEmpty()) {
      leased.add(after, jobId);
    }
  }

  private void askForWhatIsDue(long now) {
    long until = now + TIMER_MILLIS_A_TICK;
    for (Timer timer : timers.due(now, TIMERS_A_TICK)) {
      if (jobs.get(timer.jobId()) instanceof ActiveJob active) {
        Step step = machine.due(active, Instant.ofEpochMilli(now));
        take(active.job(), active, step, now, new RecordHeaders());
      }
      timers.remove(timer);
      timers.passed(timer.dueAt());
      if (context.currentSystemTimeMs() > until) {
        return;
      }
    }
  }

  private void askForWhatIsFree(long now) {
    for (Member free : parked.of(heldQueues.negate(), RELEASES_A_TICK)) {
      if (jobs.get(free.jobId()) instanceof ActiveJob active) {
        Step step = machine.release(active, Instant.ofEpochMilli(now));
        take(active.job(), active, step, now, new RecordHeaders());
      }
      parked.remove(free.group(), free.jobId());
    }
  }

  private void expireLeases(long now) {
    if (!watch.sure(now)) {
      return;
    }
    long until = now + EXPIRY_MILLIS_A_TICK;
    for (Member held : leased.of(e -> watch.silent(e, now), EXPIRIES_A_TICK)) {
      if (jobs.get(held.jobId()) instanceof ActiveJob active) {
        Step step = machine.expireLease(active, Instant.ofEpochMilli(now));
        take(active.job(), active, step, now, new RecordHeaders());
      }
      if (context.currentSystemTimeMs() > until) {
        return;
      }
    }
  }
}
