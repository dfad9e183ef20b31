package io.faultline.pipeline;

import io.faultline.pipeline.Plan.End;
import io.faultline.pipeline.Plan.Foreign;
import io.faultline.pipeline.Plan.Job;
import io.faultline.pipeline.Plan.Noise;
import io.faultline.pipeline.Plan.Queue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must come of one job, written down from the documentation and without a class of the
 * product. Everything is text, as {@link Actual} writes it too.
 */
final class Model {

  static final int GLOBAL_MAX_RETRIES = 4;
  static final int MAX_ATTEMPTED_RUNS = 5;
  static final int LIMIT_OF_THREE = 3;
  static final int LIMIT_OF_STRICT = 1;

  /** The job's public events, in order. */
  final List<String> events = new ArrayList<>();

  /** The runs that are asked for. */
  final List<String> requests = new ArrayList<>();

  /** Decisions, one a decided failure. */
  final List<String> decisions = new ArrayList<>();

  /** Classified reports: each sent report once more, with its category and the counts. */
  final List<String> classified = new ArrayList<>();

  /** Stop commands. */
  final List<String> stops = new ArrayList<>();

  /** Rows of PostgreSQL. */
  final List<String> jobRows = new ArrayList<>();

  final List<String> runRows = new ArrayList<>();
  final List<String> failureRows = new ArrayList<>();

  /** Reports sent, and those among them that were no first terminal report of their run. */
  int reports;

  int repeats;

  private final Map<String, Integer> byCategory = new TreeMap<>();
  private int counted;
  private int failedRuns;
  private int failures;
  private int granted;

  Model(Job job) {
    event("Submitted");
    boolean over = false;
    List<String> late = new ArrayList<>();
    for (int run = 0; !over; run++) {
      requests.add("run " + run);
      event("Leased " + run);
      End end = job.end(run);
      if (end == End.SUCCEEDED) {
        event("Succeeded " + run);
        runRows.add(run + " succeeded");
        jobRows.add("succeeded runs=" + (run + 1));
        over = true;
        if (job.failsAfterSuccess()) {
          // Classified and counted, for nobody told the classifier; never decided.
          report(run, End.UNKNOWN_ERROR, Noise.NONE, late);
        }
      } else {
        report(run, end, job.noise(run), late);
        over = !decide(job, run, end);
      }
    }
    if (job.livesOn()) {
      stops.add("STOP " + (requests.size() - 1));
    }
    classified.addAll(late);
  }

  Model(Foreign job) {
    List<String> late = new ArrayList<>();
    for (int run = 0; run < job.ends().size(); run++) {
      End end = job.ends().get(run);
      report(run, end, job.noise().get(run), late);
      failures = run + 1;
      granted = run;
      decisions.add(decision(run, byPolicy(Queue.RETRYING, end), Queue.RETRYING) + " advice");
      runRows.add(run + " failed " + category(end));
    }
    classified.addAll(late);
  }

  int failedRuns() {
    return failedRuns;
  }

  private void event(String what) {
    events.add(events.size() + " " + what);
  }

  /** What the classifier makes of the reports of one failed run. */
  private void report(int run, End end, Noise noise, List<String> late) {
    failedRuns++;
    if (noise == Noise.WARNED) {
      reports++;
      repeats++;
      classified.add(line(run, "w", End.UNKNOWN_ERROR, false));
      failureRow(run, "w", End.UNKNOWN_ERROR, false, false);
    }
    counted++;
    byCategory.merge(category(end), 1, Integer::sum);
    reports++;
    classified.add(line(run, "0", end, true));
    failureRow(run, "0", end, true, true);
    switch (noise) {
      case REPEATED -> classified.add(line(run, "0", end, false));
      case REPEATED_LATE -> late.add(run + " 0 " + category(end) + " counted=false");
      case CONTRADICTED -> {
        classified.add(line(run, "1", End.USER_ERROR, false));
        failureRow(run, "1", End.USER_ERROR, true, false);
      }
      case NONE, WARNED -> {}
    }
    if (noise == Noise.REPEATED || noise == Noise.REPEATED_LATE || noise == Noise.CONTRADICTED) {
      reports++;
      repeats++;
    }
  }

  private String line(int run, String report, End end, boolean counts) {
    String text = run + " " + report + " " + category(end) + " counted=" + counts;
    return counts
        ? text + " job=" + counted + " jobCategory=" + byCategory.get(category(end))
        : text;
  }

  private void failureRow(int run, String report, End end, boolean terminal, boolean counts) {
    failureRows.add(
        run
            + " "
            + report
            + " "
            + category(end)
            + " exit="
            + exitCode(end)
            + " terminal="
            + terminal
            + " counted="
            + counts
            + (counts ? " job=" + counted : ""));
  }

  /** Whether another run follows. */
  private boolean decide(Job job, int run, End end) {
    if (end != End.PREEMPTED && end != End.LEASE_RETURNED) {
      failures++;
    }
    String reason = reason(job, run, end);
    decisions.add(decision(run, reason, job.queue()));
    runRows.add(run + " " + (reason.equals("preempted") ? "preempted" : "failed " + category(end)));
    if (reason.equals("preempted")) {
      event("Preempted " + run);
      jobRows.add("preempted runs=" + (run + 1));
      return false;
    }
    boolean again = reason.equals("retry") || reason.equals("lease_returned");
    String shown = reason.equals("max_runs") ? "internal/max-runs-exceeded" : category(end);
    event("Failed " + run + " " + shown + " retryable=" + again);
    if (again) {
      granted += reason.equals("retry") ? 1 : 0;
      event("RetryScheduled " + (run + 1));
    } else {
      jobRows.add("failed runs=" + (run + 1) + " " + shown);
    }
    return again;
  }

  private String reason(Job job, int run, End end) {
    if (end == End.PREEMPTED && (job.failFast() || job.queue() != Queue.RETRYING)) {
      return "preempted";
    } else if (job.failFast()) {
      return "fail_fast";
    } else if (end == End.LEASE_RETURNED) {
      return run + 1 < MAX_ATTEMPTED_RUNS ? "lease_returned" : "max_runs";
    } else if (job.queue() == Queue.BROKEN) {
      return "no_policy";
    }
    return byPolicy(job.queue(), end);
  }

  private String byPolicy(Queue queue, End end) {
    if (granted >= GLOBAL_MAX_RETRIES) {
      return "fail_global_limit";
    }
    if (queue == Queue.RETRYING && end == End.USER_ERROR) {
      return "fail_rule";
    }
    if (queue == Queue.STRICT && end != End.TRANSIENT) {
      return "fail_default";
    }
    int limit = queue == Queue.RETRYING ? LIMIT_OF_THREE : LIMIT_OF_STRICT;
    return Math.max(0, failures - 1) >= limit ? "fail_policy_limit" : "retry";
  }

  private String decision(int run, String reason, Queue queue) {
    boolean byPolicy =
        reason.equals("retry") || (reason.startsWith("fail_") && !reason.equals("fail_fast"));
    String policy = queue == Queue.RETRYING ? "three" : "strict";
    return run
        + " "
        + reason
        + " used="
        + Math.max(0, failures - 1)
        + " policy="
        + (byPolicy ? policy : "");
  }

  private static final Map<End, String> CATEGORIES =
      new EnumMap<>(
          Map.of(
              End.USER_ERROR, "user-error/usage",
              End.TRANSIENT, "transient/try-again",
              End.OUT_OF_MEMORY, "resources/oom",
              End.UNKNOWN_ERROR, "uncategorized/unknown",
              End.PREEMPTED, "uncategorized/unknown",
              End.LEASE_RETURNED, "internal/lease-returned"));

  static String category(End end) {
    return CATEGORIES.get(end);
  }

  /** The exit code of the failed container; null where there is none. */
  static Integer exitCode(End end) {
    return switch (end) {
      case USER_ERROR -> 2;
      case TRANSIENT -> 75;
      case OUT_OF_MEMORY -> 137;
      case UNKNOWN_ERROR -> 1;
      case SUCCEEDED, PREEMPTED, LEASE_RETURNED -> null;
    };
  }
}
