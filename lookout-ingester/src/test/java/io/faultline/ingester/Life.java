package io.faultline.ingester;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.classify.RuleRef;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.TraceStep;
import io.faultline.ingester.plan.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A job's whole life, made up: the messages that tell it, and what the tables must then say. The
 * expectation follows from the life as it was made up, not from the messages, and shares no code
 * with the product. A line of it holds columns as {@link Tables} asks for them.
 */
public final class Life {
  private static final String SET_JSON =
      """
      {"action": "RestartJobSet", "blamed": "train-workers-1", "failed": 3, "reason": "FailurePolicy_maintenance", \
      "counted": 1, "outcome": "restartAll", "restarts": 1, "collateral": ["train-workers-0", "train-workers-2"], \
      "countedOfJobs": 0, "collateralCount": 2, "jobFailureReason": "PodFailurePolicy", "jobFailureMessage": "exit code 143"}"""; // as jsonb prints it

  private static final String[] CATEGORIES = {"oom", "user-error", "gpu", ""};
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  private final Random random;
  private final JobIdentity job;
  private final boolean ours;
  private final List<Message> messages = new ArrayList<>();
  private final TreeSet<String> runLines = new TreeSet<>();
  private final TreeSet<String> failureLines = new TreeSet<>();
  private final TreeSet<String> decisionLines = new TreeSet<>();
  private Instant now;
  private long sequence;
  private String state = "queued";
  private String end = "|||||||";
  private Instant submitted;
  private Instant updated;
  private Instant ended;
  private Instant retryAt;
  private int claimed;

  private Life(long seed, boolean ours) {
    this.random = new Random(seed);
    this.ours = ours;
    this.now = BEGIN.plusNanos(random.nextInt(86_400) * 1_000_000_000L);
    this.job =
        new JobIdentity(
            uuid7(now, random),
            "queue-" + random.nextInt(5),
            "set-" + random.nextInt(20),
            random.nextInt(4) == 0 ? "gang-" + seed : null);
  }

  /** The life that follows from this number; one in eight is a job of others. */
  public static Life of(long seed) {
    Life life = new Life(seed, seed % 8 != 7);
    life.live();
    return life;
  }

  public JobIdentity job() {
    return job;
  }

  /** In the order in which they were said, each topic by itself. */
  public List<Message> messages() {
    return messages;
  }

  /** The rows of each table. */
  public Tables expected() {
    TreeSet<String> jobs = new TreeSet<>();
    if (ours) {
      jobs.add(
          String.join(
              "|",
              job.jobId(),
              job.queue(),
              job.jobSet(),
              job.gangId() == null ? "" : job.gangId(),
              "anna",
              state,
              "" + claimed,
              micros(submitted),
              micros(updated),
              micros(ended),
              micros(retryAt),
              end));
    }
    return new Tables(jobs, runLines, failureLines, decisionLines);
  }

  private void live() {
    if (ours) {
      submitted = event(null, new JobEvent.Submitted("anna"));
      if (random.nextInt(20) == 0) {
        return; // still queued
      }
    }
    int runs = 1 + random.nextInt(3);
    for (int i = 0; i < runs; i++) {
      boolean last = i == runs - 1;
      if (!run(i, last)) {
        return;
      }
    }
  }

  /** Lives one run; false where the job doesn't go on. */
  private boolean run(int index, boolean last) {
    RunIdentity run = RunIdentity.of(job.jobId(), index);
    Instant leased = null;
    Instant pending = null;
    Instant running = null;
    if (ours) {
      leased = event(run, new JobEvent.Leased());
      state = "leased";
      retryAt = null;
      claimed = index + 1;
      if (random.nextInt(10) > 0) {
        pending = event(run, new JobEvent.Pending("pod-" + index));
        state = "pending";
        if (random.nextInt(10) > 0) {
          running = event(run, new JobEvent.Running("pod-" + index));
          state = "running";
        }
      }
      if (last && random.nextInt(6) == 0) {
        runLine(run, state, leased, pending, running, null, "||||", "|||", pending != null);
        return false; // still at it
      }
      if (last && random.nextInt(3) == 0) {
        return endWell(run, leased, pending, running);
      }
    }
    return fail(run, last, leased, pending, running);
  }

  private boolean endWell(RunIdentity run, Instant leased, Instant pending, Instant running) {
    String reason = "";
    switch (random.nextInt(3)) {
      case 0 -> {
        ended = event(run, new JobEvent.Succeeded());
        state = "succeeded";
      }
      case 1 -> {
        ended = event(run, new JobEvent.Cancelled("not needed", "bob"));
        state = "cancelled";
        reason = "not needed";
        end = "||||not needed|||bob";
      }
      default -> {
        ended = event(run, new JobEvent.Preempted("room"));
        state = "preempted";
        reason = "room";
        end = "||||room|||";
      }
    }
    runLine(run, state, leased, pending, running, ended, "||||" + reason, "|||", pending != null);
    return false;
  }

  private boolean fail(
      RunIdentity run, boolean last, Instant leased, Instant pending, Instant running) {
    int exitCode = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(200);
    String category = CATEGORIES[random.nextInt(CATEGORIES.length)];
    FailureInfo info =
        new FailureInfo(
            exitCode == 0 ? null : exitCode,
            exitCode == 0 ? "" : "said " + exitCode,
            exitCode == 0 ? "" : "main",
            category,
            "",
            category.isEmpty() ? List.of() : List.of(category),
            "");
    String message = "it failed with " + exitCode;
    if (random.nextInt(6) == 0) {
      tick();
      error(run, run.runId() + "/0", now, false, false, info, "not yet", exitCode);
    }
    tick();
    Instant failedAt = now;
    String id = run.runId() + "/1";
    error(run, id, failedAt, true, true, info, message, exitCode);
    if (random.nextInt(4) == 0) {
      repeat(run, id, failedAt, info, message, exitCode); // the same report came again
    }
    tick();
    boolean retry = !last;
    decide(run, retry);
    Instant decided = now;
    if (ours) {
      Instant at =
          event(
              run,
              new JobEvent.Failed(EvidenceKind.POD_FAILED, info, "Error", message, retry, "ml"));
      state = retry ? "retrying" : "failed";
      if (retry) {
        RunIdentity next = RunIdentity.of(job.jobId(), run.index() + 1);
        retryAt = now.plusSeconds(30);
        event(run, new JobEvent.RetryScheduled(next, retryAt));
      } else {
        ended = at;
        end =
            String.join(
                "|",
                "PodFailed",
                category,
                exitCode == 0 ? "" : "" + exitCode,
                exitCode == 0 ? "" : "number",
                "Error",
                message,
                "ml",
                "");
      }
    }
    String failure =
        String.join(
            "|",
            "PodFailed",
            category,
            exitCode == 0 ? "" : "" + exitCode,
            message,
            ours ? "Error" : "");
    String decision =
        String.join("|", id, retry ? "retry" : "fail_rule", retry ? "t" : "f", micros(decided));
    runLine(run, "failed", leased, pending, running, failedAt, failure, decision, true);
    if (random.nextInt(6) == 0) {
      tick();
      error(run, run.runId() + "/2", now, true, false, info, "too late", exitCode);
    }
    return retry && (!ours || random.nextInt(8) > 0);
  }

  private void error(
      RunIdentity run,
      String id,
      Instant at,
      boolean terminal,
      boolean counted,
      FailureInfo info,
      String message,
      int exitCode) {
    message(run, id, at, terminal, counted, info, message, exitCode, 3);
    failureLines.add(
        String.join(
            "|",
            id,
            job.jobId(),
            run.runId(),
            micros(at),
            info.category(),
            exitCode == 0 ? "" : "" + exitCode,
            "node-" + run.index(),
            message,
            counted ? "t" : "f",
            terminal ? "t" : "f",
            "3"));
  }

  private void repeat(
      RunIdentity run, String id, Instant at, FailureInfo info, String message, int exitCode) {
    message(run, id, at, true, false, info, message, exitCode, 4); // by a newer revision
  }

  private void message(
      RunIdentity run,
      String id,
      Instant at,
      boolean terminal,
      boolean counted,
      FailureInfo info,
      String message,
      int exitCode,
      long revision) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "",
            "",
            "Failed",
            "node-" + run.index(),
            List.of(
                new ContainerEvidence(
                    "main",
                    ContainerRole.REGULAR,
                    "app:1",
                    new Termination(exitCode, 0, "Error", "said " + exitCode),
                    "",
                    null)),
            List.of(),
            "",
            null);
    JobError error =
        new JobError(
            id,
            job,
            run,
            "executor",
            "local",
            "default",
            "pod-" + run.index(),
            at,
            terminal,
            evidence);
    Classification classification =
        new Classification(
            info,
            PodAction.RETAIN,
            message,
            info.category().isEmpty() ? null : new RuleRef(info.category(), 0),
            false);
    messages.add(
        new Message.Failure(
            new ClassifiedError(
                error,
                classification,
                "default",
                revision,
                counted,
                new FailureCounts(1, 1),
                FailureRates.UNKNOWN)));
  }

  private void decide(RunIdentity run, boolean retry) {
    Decision decision =
        new Decision(
            retry,
            retry ? DecisionReason.RETRY : DecisionReason.FAIL_RULE,
            "matched rule",
            "ml",
            0,
            "rule-1",
            run.index(),
            3,
            20,
            true,
            null,
            Mutations.NONE,
            List.of(new TraceStep("rule-1.onExitCodes", "1", "In [1]", true)));
    messages.add(
        new Message.Decided(
            new DecisionRecord(
                job,
                run,
                EvidenceKind.POD_FAILED,
                decision,
                2,
                3,
                null,
                !ours,
                now,
                verdict(run))));
    decisionLines.add(
        String.join(
            "|",
            job.jobId(),
            run.runId(),
            micros(now),
            retry ? "t" : "f",
            decision.reason().word(),
            "ml",
            ours ? "f" : "t",
            "rule-1.onExitCodes",
            job.gangId() == null || !ours
                ? "|||"
                : "set-" + job.gangId() + "|train|" + run.index() + "|" + SET_JSON));
  }

  /** What is decided about a job of a gang of ours is about its set. */
  private GroupVerdict verdict(RunIdentity run) {
    return job.gangId() == null || !ours
        ? null
        : new GroupVerdict(
            "set-" + job.gangId(),
            "train",
            run.index(),
            GroupOutcome.RESTART_ALL,
            GroupAction.RESTART_JOB_SET,
            "FailurePolicy_maintenance",
            "train-workers-1",
            JobFailureReason.POD_FAILURE_POLICY,
            "exit code 143",
            3,
            List.of("train-workers-0", "train-workers-2"),
            2,
            1,
            1,
            0,
            List.of());
  }

  private Instant event(RunIdentity run, JobEvent.Detail detail) {
    tick();
    messages.add(
        new Message.Event(
            new JobEvent(
                job,
                run,
                run == null ? "" : "local",
                run == null ? "" : "executor",
                detail instanceof JobEvent.Running ? "node-" + run.index() : "",
                now,
                sequence++,
                detail)));
    updated = now;
    return now;
  }

  private void runLine(
      RunIdentity run,
      String runState,
      Instant leased,
      Instant pending,
      Instant running,
      Instant runEnded,
      String failure,
      String decision,
      boolean podKnown) {
    boolean failed = runState.equals("failed");
    runLines.add(
        String.join(
            "|",
            job.jobId(),
            run.runId(),
            "" + run.index(),
            runState,
            "local",
            "executor",
            failed || running != null ? "node-" + run.index() : "",
            podKnown ? "pod-" + run.index() : "",
            micros(leased),
            micros(pending),
            micros(running),
            micros(runEnded),
            failure,
            decision));
  }

  private void tick() {
    now = now.plusNanos((1 + random.nextInt(3_000_000)) * 1_000L);
  }

  private static String micros(Instant at) {
    return at == null ? "" : "" + (at.getEpochSecond() * 1_000_000L + at.getNano() / 1_000);
  }

  private static String uuid7(Instant at, Random random) {
    long high = (at.toEpochMilli() << 16) | 0x7000L | random.nextInt(1 << 12);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
