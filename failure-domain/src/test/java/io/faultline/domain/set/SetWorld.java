package io.faultline.domain.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set and all around it, by hand: executors that claim what is asked for and end what they are
 * told to, and a clock. What must always hold is looked at with every effect.
 */
final class SetWorld {

  static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  static final String SET = "01890a5d-ac96-774b-bcce-b302a9000000";
  static final JobIdentity IDENTITY = new JobIdentity(SET, "research", "nightly", SET);

  /** A run that is claimed and has not ended. */
  record Live(RunRequest request, boolean told, boolean wanted) {
    int index() {
      return group(request).parts().get(0).first();
    }

    int generation() {
      return group(request).generation();
    }
  }

  final Memory records = new Memory();
  final SetMachine machine;
  final List<RunRequest> requests = new ArrayList<>();
  final List<RunRequest> claimed = new ArrayList<>();
  final Map<String, Live> live = new LinkedHashMap<>();
  final Map<String, List<JobEvent>> events = new LinkedHashMap<>();
  final List<DecisionRecord> decisions = new ArrayList<>();
  final List<JobEffect> dropped = new ArrayList<>();
  private final TreeMap<Instant, List<JobIdentity>> timers = new TreeMap<>();
  PolicyChoice policies = PolicyChoice.NONE;
  Instant now = T0;

  SetWorld(RetrySettings retry, SetSettings settings) {
    machine = new SetMachine(retry, settings);
  }

  static SetWorld of(SetDefinition definition) {
    return new SetWorld(new RetrySettings(true, 20, "", 5, "armada"), SetSettings.DEFAULTS)
        .submit(definition);
  }

  SetWorld submit(SetDefinition definition) {
    take(machine.submit(records, new JobCommand.SubmitSet(IDENTITY, now, "ann", definition), now));
    return work();
  }

  /** Does what is due now, as often as more becomes due. */
  SetWorld work() {
    while (!timers.isEmpty() && !timers.firstKey().isAfter(now)) {
      JobIdentity due = timers.firstEntry().getValue().get(0);
      unschedule(timers.firstKey(), due);
      JobState job = records.jobs.get(due.jobId());
      if (job instanceof ActiveJob active) {
        take(machine.due(records, active, now));
      } else if (records.sets.get(due.jobId()) instanceof ActiveSet set) {
        take(machine.wake(records, set, policies, now));
      }
    }
    return this;
  }

  SetWorld pass(Duration time) {
    Instant until = now.plus(time);
    while (!timers.isEmpty() && !timers.firstKey().isAfter(until)) {
      now = timers.firstKey().isAfter(now) ? timers.firstKey() : now;
      work();
    }
    now = until;
    return this;
  }

  /** Everything that is asked for is claimed, and runs. */
  SetWorld claim() {
    List<RunRequest> all = List.copyOf(requests);
    requests.clear();
    for (RunRequest request : all) {
      request.each().forEach(this::claim);
    }
    return work();
  }

  private void claim(RunRequest one) {
    if (live.containsKey(one.run().runId())) {
      return;
    }
    claimed.add(one);
    live.put(one.run().runId(), new Live(one, false, isCurrent(one)));
    report(one, RunState.LEASED);
    report(one, RunState.PENDING);
    report(one, RunState.RUNNING);
  }

  /** Whether it was still its job's run when it was claimed; else it is told to stop at once. */
  private boolean isCurrent(RunRequest one) {
    return records.jobs.get(one.job().jobId()) instanceof ActiveJob active
        && active.run().id().equals(one.run());
  }

  void report(RunRequest one, RunState state) {
    if (state == RunState.SUCCEEDED || state == RunState.STOPPED) {
      live.remove(one.run().runId());
    }
    if (records.jobs.get(one.job().jobId()) instanceof ActiveJob active) {
      take(
          machine.report(
              records,
              active,
              new RunReport(
                  one.job(),
                  one.run(),
                  state,
                  "exec-1",
                  "local",
                  "ns",
                  one.podName(),
                  "node-1",
                  now),
              now));
    }
  }

  /** All that were told to stop do. */
  SetWorld stopTold() {
    for (Live each : List.copyOf(live.values())) {
      if (each.told()) {
        report(each.request(), RunState.STOPPED);
      }
    }
    return work();
  }

  SetWorld succeed(int index) {
    report(running(index).request(), RunState.SUCCEEDED);
    return work();
  }

  SetWorld exits(int index, int code) {
    return exits(index, code, "", now);
  }

  SetWorld exits(int index, int code, String message, Instant at) {
    Live run = running(index);
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "",
            "",
            "Failed",
            "node-1",
            List.of(
                new ContainerEvidence(
                    "main",
                    ContainerRole.REGULAR,
                    "app",
                    new Termination(code, 0, "Error", message),
                    "",
                    null)),
            List.of(),
            "",
            null);
    return fails(run.request(), evidence, at);
  }

  /** Of an end that no container had a part in. */
  static Evidence evidence(EvidenceKind kind) {
    return new Evidence(kind, null, "", "", "", "", List.of(), List.of(), "", null);
  }

  SetWorld fails(RunRequest one, Evidence evidence, Instant at) {
    live.remove(one.run().runId());
    JobError error =
        new JobError(
            one.run().runId() + "/0",
            one.job(),
            one.run(),
            "exec-1",
            "local",
            "ns",
            one.podName(),
            at,
            true,
            evidence);
    ContainerEvidence first = evidence.firstFailedContainer();
    Integer code =
        first == null || first.termination() == null ? null : first.termination().exitCode();
    ClassifiedError failure =
        new ClassifiedError(
            error,
            new Classification(
                new FailureInfo(code, "", "main", "cat-" + code, "", List.of("cat-" + code), ""),
                PodAction.RETAIN,
                "main exited with " + code,
                null,
                false),
            "default",
            1,
            true,
            new FailureCounts(1, 1),
            new FailureRates(0, 0));
    if (records.jobs.get(one.job().jobId()) instanceof ActiveJob active) {
      take(machine.failure(records, active, failure, now));
    }
    return work();
  }

  SetWorld cancel() {
    if (records.sets.get(SET) instanceof ActiveSet set) {
      take(
          machine.cancel(records, set, new JobCommand.Cancel(IDENTITY, now, "bob", "enough"), now));
    }
    return work();
  }

  SetWorld retry() {
    if (records.sets.get(SET) instanceof ActiveSet set) {
      take(machine.retry(records, set, null, now));
    }
    return work();
  }

  Live running(int index) {
    return live.values().stream()
        .filter(run -> run.index() == index)
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("no run of job " + index));
  }

  boolean runs(int index) {
    return live.values().stream().anyMatch(run -> run.index() == index);
  }

  @Nullable SetState set() {
    return records.sets.get(SET);
  }

  List<JobEvent> eventsOf(int index) {
    return events.getOrDefault(SetIds.job(SET, index), List.of());
  }

  JobEvent.Detail last(int index) {
    List<JobEvent> all = eventsOf(index);
    return all.get(all.size() - 1).detail();
  }

  GroupVerdict verdict(int number) {
    return Objects.requireNonNull(decisions.get(number).group());
  }

  private void take(List<JobEffect> effects) {
    for (JobEffect effect : effects) {
      if (effect instanceof JobEffect.Emit emit) {
        emitted(emit.event());
      } else if (effect instanceof JobEffect.RequestRun request) {
        requested(request.request());
      } else if (effect instanceof JobEffect.Schedule schedule) {
        timers.computeIfAbsent(schedule.dueAt(), t -> new ArrayList<>()).add(schedule.job());
      } else if (effect instanceof JobEffect.Unschedule unschedule) {
        unschedule(unschedule.dueAt(), unschedule.job());
      } else if (effect instanceof JobEffect.Tell tell) {
        told(tell.command());
      } else if (effect instanceof JobEffect.Decide decide) {
        decisions.add(decide.decision());
      } else {
        dropped.add(effect);
      }
    }
  }

  private void emitted(JobEvent event) {
    List<JobEvent> before = events.computeIfAbsent(event.job().jobId(), id -> new ArrayList<>());
    assertThat(event.sequence()).as("no gap in the events of a job").isEqualTo(before.size());
    assertThat(before).as("nothing after the terminal event").noneMatch(SetWorld::terminal);
    before.add(event);
  }

  static boolean terminal(JobEvent event) {
    JobEvent.Detail detail = event.detail();
    return detail instanceof JobEvent.Succeeded
        || detail instanceof JobEvent.Cancelled
        || detail instanceof JobEvent.Preempted
        || (detail instanceof JobEvent.Failed failed && !failed.retryable());
  }

  private void requested(RunRequest request) {
    int generation = group(request).generation();
    assertThat(live.values())
        .as("a generation begins when all runs of the last one have ended")
        .allMatch(run -> run.generation() == generation || !run.wanted());
    requests.add(request);
  }

  static GroupStart group(RunRequest request) {
    return Objects.requireNonNull(request.group());
  }

  private void told(ExecutorCommand command) {
    Live run = live.get(command.run().runId());
    if (run != null && command.action() == ExecutorCommand.Action.STOP) {
      live.put(command.run().runId(), new Live(run.request(), true, run.wanted()));
    }
  }

  private void unschedule(Instant time, JobIdentity job) {
    List<JobIdentity> due = timers.get(time);
    if (due != null) {
      due.remove(job);
      if (due.isEmpty()) {
        timers.remove(time);
      }
    }
  }
}
