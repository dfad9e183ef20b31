package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A JobSet of which all members fail, and all are made again, as often as wanted. Its members have
 * one pod each and are replicas of two jobs. Runs are claimed and reported as an executor would.
 */
final class FailingSet implements Traffic.Listener {

  private static final JobLimits NONE_SURVIVES = new JobLimits(PodFailurePolicy.NONE, 0, null);

  private final Traffic traffic;
  private final SetDecisions decisions;
  private final JobIdentity set;
  private final int members;
  private final GroupAction action;
  private int run;
  private int running;
  private long firstSentNanos;

  /**
   * @param number which set; each has an id of its own
   * @param action what its failure policy's only rule does, one that restarts
   */
  FailingSet(Traffic traffic, SetDecisions decisions, int number, int members, GroupAction action) {
    this.traffic = traffic;
    this.decisions = decisions;
    this.members = members;
    this.action = action;
    String id = SetIds.set(UUID.fromString(Workload.jobId(number * 1_000_000)));
    set = new JobIdentity(id, Workload.job(id).queue(), "bench", id);
  }

  /**
   * What became of one generation.
   *
   * @param millis from when the first failure was sent to when the last decision could be read
   * @param failed how many members the first decision weighed
   * @param deciderMillis processor time of the decider's threads meanwhile
   */
  record Round(double millis, int failed, double deciderMillis) {}

  /** Submits it; returns when all run. */
  void submit() {
    traffic.send(
        Topics.JOB_COMMANDS,
        set.recordKey(),
        new JobCommand.SubmitSet(set, Instant.now(), "bench", definition()));
    awaitRunning();
  }

  private SetDefinition definition() {
    List<SetTemplate> templates = new ArrayList<>();
    int servers = members / 2;
    if (servers > 0) {
      templates.add(template("servers", servers));
    }
    templates.add(template("workers", members - servers));
    FailurePolicyRule rule =
        new FailurePolicyRule("again", action, Set.of(), List.of(), Set.of(), Set.of());
    return new SetDefinition(
        "bench", false, templates, new FailurePolicy(Integer.MAX_VALUE, List.of(rule)), false);
  }

  private static SetTemplate template(String replicatedJob, int replicas) {
    return new SetTemplate(new SpecRef(0, 0, ""), replicatedJob, replicas, 1, NONE_SURVIVES);
  }

  /**
   * Fails all members, evenly over a time, and awaits what is decided.
   *
   * @return when all run again
   */
  Round fail(Duration spread) throws InterruptedException {
    double before = StreamThreads.deciderMillis();
    Thread sender = send(spread);
    Decided decided = decisions();
    double after = StreamThreads.deciderMillis();
    sender.join();
    awaitRunning();
    return new Round((decided.atNanos() - firstSentNanos) / 1e6, decided.failed(), after - before);
  }

  /** Fails all members, evenly over a time. */
  Thread send(Duration spread) {
    int failing = run++;
    running = 0;
    firstSentNanos = System.nanoTime();
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; i < members; i++) {
                long due = firstSentNanos + spread.toNanos() * i / members;
                for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                  LockSupport.parkNanos(wait);
                }
                JobIdentity job = job(i);
                traffic.send(
                    Topics.JOB_ERRORS,
                    set.recordKey(),
                    Workload.error(job, i, failing, Instant.now()));
              }
            },
            "failures");
    sender.start();
    return sender;
  }

  /** Takes what has come while failures are gathered; refuses a decision that is too early. */
  void gather() {
    traffic.listen(this);
    SetDecisions.Read early = decisions.next();
    if (early != null) {
      throw new IllegalStateException(
          "decided before all failures were in, a longer window is needed: " + early.verdict());
    }
  }

  /**
   * All that is decided about one generation.
   *
   * @param failed how many members the first decision weighed
   * @param atNanos when the last one could be read
   */
  record Decided(int failed, long atNanos) {}

  /** Awaits it. */
  Decided decisions() {
    SetDecisions.Read last = decision();
    int failed = last.verdict().failed();
    if (action.outcome() == GroupOutcome.RESTART_ONE) {
      for (int decided = 1; decided < members; decided++) {
        last = decision();
      }
    }
    return new Decided(failed, last.readNanos());
  }

  private SetDecisions.Read decision() {
    SetDecisions.Read next;
    while ((next = decisions.next()) == null) {
      traffic.listen(this);
    }
    if (!next.verdict().setId().equals(set.jobId())
        || next.verdict().outcome() != action.outcome()) {
      throw new IllegalStateException("another decision was expected: " + next);
    }
    return next;
  }

  /** Returns when all run. */
  void awaitRunning() {
    while (running < members) {
      traffic.listen(this);
    }
  }

  private JobIdentity job(int index) {
    return new JobIdentity(SetIds.job(set.jobId(), index), set.queue(), set.jobSet(), set.gangId());
  }

  @Override
  public void requested(RunRequest request) {
    request
        .each()
        .forEach(
            one -> {
              for (RunState state : List.of(RunState.LEASED, RunState.PENDING, RunState.RUNNING)) {
                traffic.send(
                    Topics.RUN_REPORTS,
                    one.job().recordKey(),
                    Workload.report(one.job(), one.run().index(), state));
              }
            });
  }

  @Override
  public void happened(JobEvent event) {
    if (event.detail() instanceof JobEvent.Running && event.run().index() == run) {
      running++;
    }
  }
}
