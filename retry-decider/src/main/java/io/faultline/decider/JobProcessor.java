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
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobMachine;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.Step;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.set.SetMachine;
import io.faultline.domain.watched.WatchedFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Translates: reads the job's state, asks the machine, writes the state, forwards the effects. It
 * decides nothing itself.
 */
final class JobProcessor implements Processor<String, Object, String, Object> {

  /** No more runs expire at once; the rest follows at the next tick. */
  private static final int EXPIRIES_A_TICK = 500;

  /** Expiring takes no longer at once, so that what executors report is not held up. */
  private static final long EXPIRY_MILLIS_A_TICK = 50;

  /** How often is looked for what is due: what it waits is that much longer at most. */
  private static final Duration TIMER_TICK = Duration.ofMillis(100);

  /** No more is done at once because it is due; the rest follows at the next tick. */
  private static final int TIMERS_A_TICK = 2_000;

  /** Nor does it take longer at once. */
  private static final long TIMER_MILLIS_A_TICK = 50;

  /** How often is looked for runs whose queue is free again. */
  private static final Duration RELEASE_TICK = Duration.ofMillis(250);

  /** No more of them are asked for at once. */
  private static final int RELEASES_A_TICK = 500;

  private final DeciderSettings settings;
  private final JobMachine machine;
  private final SetMachine setMachine;
  private final Function<String, PolicyChoice> policyOfQueue;
  private final Predicate<String> heldQueues;
  private final DecisionLog decisions;
  private final ExecutorWatch watch;

  private final Backlog backlog = new Backlog();

  private ProcessorContext<String, Object> context;
  private Jobs jobs;
  private SetLife sets;
  private JobGroups leased;
  private JobGroups parked;
  private WatchedLife watched;
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
    this.setMachine = new SetMachine(settings.retry(), settings.sets());
    this.policyOfQueue = policyOfQueue;
    this.heldQueues = heldQueues;
    this.decisions = decisions;
    this.watch = new ExecutorWatch(settings.executorTimeout());
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    this.leased = new JobGroups(context.getStateStore(DeciderTopology.LEASED_RUNS));
    this.jobs = new Jobs(context.getStateStore(DeciderTopology.JOBS), leased);
    StoredSets stored = new StoredSets(context.getStateStore(DeciderTopology.SETS), jobs);
    this.sets = new SetLife(setMachine, stored, policyOfQueue);
    this.timers = new Timers(context.getStateStore(DeciderTopology.TIMERS));
    this.watched =
        new WatchedLife(
            settings.sets().settling(), context.getStateStore(DeciderTopology.WATCHED), timers);
    this.parked = new JobGroups(context.getStateStore(DeciderTopology.PARKED_RUNS));
    this.effects = new EffectForwarder(context, timers, heldQueues, parked);
    this.commits = new CommitPace(context, settings.streams().commitInterval());
    Duration tick = settings.executorTimeout().dividedBy(30);
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::expireLeases);
    context.schedule(TIMER_TICK, PunctuationType.WALL_CLOCK_TIME, this::doWhatIsDue);
    context.schedule(RELEASE_TICK, PunctuationType.WALL_CLOCK_TIME, this::askForWhatIsFree);
  }

  @Override
  public void process(Record<String, Object> record) {
    Object input = record.value();
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    if (input instanceof RunReport report) {
      report(report, now, record);
    } else if (input instanceof ClassifiedError failure) {
      fail(failure, now, record);
    } else if (input instanceof JobCommand command) {
      command(command, now, record);
    } else if (input instanceof WatchedFailure failure) {
      watched.failed(failure, now);
    } else if (input instanceof Heartbeat heartbeat) {
      watch.heartbeat(heartbeat.executor(), now.toEpochMilli());
    } else if (input == null) {
      pulse(record, now);
    } else {
      throw new IllegalArgumentException("no such input: " + input.getClass());
    }
    backlog.took(Instant.ofEpochMilli(record.timestamp()), now);
    commits.took(record.timestamp());
  }

  private void report(RunReport report, Instant now, Record<String, Object> record) {
    JobState state = jobs.get(report.job().jobId());
    if (SetLife.has(state)) {
      forward(report.job(), sets.report((ActiveJob) state, report, now), record);
    } else {
      take(report.job(), state, machine.report(state, report, now), record);
    }
  }

  private void fail(ClassifiedError failure, Instant now, Record<String, Object> record) {
    JobIdentity job = failure.error().job();
    JobState state = jobs.get(job.jobId());
    if (SetLife.has(state)) {
      forward(job, sets.failure((ActiveJob) state, failure, now), record);
      return;
    }
    watched.failed(state, failure, now);
    Step step = machine.failure(state, failure, policyOfQueue.apply(job.queue()), now);
    String category = failure.classification().info().category();
    decisions.tell(step.effects(), category);
    take(job, state, step, record);
  }

  private void command(JobCommand command, Instant now, Record<String, Object> record) {
    JobState state = jobs.get(command.job().jobId());
    List<JobEffect> ofSet = sets.command(state, command, now);
    if (ofSet != null) {
      forward(command.job(), ofSet, record);
    } else {
      take(command.job(), state, machine.command(state, command, now), record);
    }
  }

  private void pulse(Record<String, Object> record, Instant now) {
    if (Pulse.key(settings.common().instanceId()).equals(record.key())) {
      watch.pulse(Pulse.sentAt(record.headers()), now.toEpochMilli());
    }
  }

  private void take(JobIdentity job, JobState before, Step step, Record<String, Object> cause) {
    keep(job, before, step);
    forward(job, step.effects(), cause);
  }

  private void take(ActiveJob before, Step step, long now) {
    keep(before.job(), before, step);
    forward(before.job(), step.effects(), now);
  }

  private void keep(JobIdentity job, JobState before, Step step) {
    if (step.state() != null) {
      jobs.put(job.jobId(), before, step.state());
    }
  }

  private void forward(JobIdentity job, List<JobEffect> all, Record<String, Object> cause) {
    effects.forward(job, all, cause.timestamp(), cause.headers());
  }

  private void forward(JobIdentity job, List<JobEffect> all, long now) {
    effects.forward(job, all, now, new RecordHeaders());
  }

  private void doWhatIsDue(long now) {
    long until = now + TIMER_MILLIS_A_TICK;
    for (Timer timer : timers.due(now, TIMERS_A_TICK)) {
      // first, as what is due may ask for the same time again
      timers.remove(timer);
      timers.passed(timer.dueAt());
      due(timer.id(), now);
      commits.acted();
      if (context.currentSystemTimeMs() > until) {
        return;
      }
    }
  }

  private void due(String id, long millis) {
    Instant now = Instant.ofEpochMilli(millis);
    if (WatchedLife.owns(id)) {
      advise(watched.due(id, now), millis);
      return;
    }
    JobState state = jobs.get(id);
    if (SetLife.has(state)) {
      ActiveJob job = (ActiveJob) state;
      forward(job.job(), sets.due(job, now), millis);
    } else if (state instanceof ActiveJob active) {
      take(active, machine.due(active, now), millis);
    } else if (state == null) {
      JobIdentity set = sets.identity(id);
      if (set != null && tooSoon(id, now)) {
        timers.add(Timer.of(now.plus(TIMER_TICK), id));
      } else if (set != null) {
        List<JobEffect> done = sets.wake(id, now);
        decisions.tell(done, "");
        forward(set, done, millis);
      }
    }
  }

  /**
   * Whether failures that a set is to be decided by may still be read, and that is worth a wait.
   */
  private boolean tooSoon(String setId, Instant now) {
    Instant settles = sets.settlesAt(setId);
    return settles != null
        && backlog.mayHold(settles, now)
        && now.isBefore(settles.plus(settings.sets().settling().limit()));
  }

  private void advise(List<DecisionRecord> advice, long millis) {
    for (DecisionRecord each : advice) {
      List<JobEffect> effects = List.of(new JobEffect.Decide(each));
      decisions.tell(effects, "");
      forward(each.job(), effects, millis);
    }
  }

  private void askForWhatIsFree(long now) {
    for (Member free : parked.of(heldQueues.negate(), RELEASES_A_TICK)) {
      if (jobs.get(free.jobId()) instanceof ActiveJob active) {
        take(active, machine.release(active, Instant.ofEpochMilli(now)), now);
      } else {
        JobIdentity set = sets.identity(free.jobId());
        if (set != null) {
          forward(set, sets.release(free.jobId(), Instant.ofEpochMilli(now)), now);
        }
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
      JobState state = jobs.get(held.jobId());
      Instant at = Instant.ofEpochMilli(now);
      if (SetLife.has(state)) {
        ActiveJob job = (ActiveJob) state;
        forward(job.job(), sets.expireLease(job, at), now);
      } else if (state instanceof ActiveJob active) {
        take(active, machine.expireLease(active, at), now);
      }
      if (context.currentSystemTimeMs() > until) {
        return;
      }
    }
  }
}
