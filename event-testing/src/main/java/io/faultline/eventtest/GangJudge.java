package io.faultline.eventtest;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what becomes of the members of gangs with what is expected of each gang. */
final class GangJudge {

  private final ExpectedGangs expected;
  private final Map<String, Gang> gangs = new LinkedHashMap<>();
  private final Map<String, Gang> byJob = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  GangJudge(ExpectedGangs expected) {
    this.expected = expected;
  }

  private static final class Gang {
    /** Each member with the run that it has now; null where it has none. */
    private final Map<String, @Nullable Integer> runs = new LinkedHashMap<>();

    private @Nullable ObservedEvent firstEnd;
  }

  /** Takes the next event of one of the test's jobs; says why the test fails, where it does. */
  Optional<String> take(ObservedEvent event) {
    if (event.gangId() == null) {
      return Optional.empty();
    }
    Gang gang = gangs.computeIfAbsent(event.gangId(), id -> new Gang());
    byJob.put(event.jobId(), gang);
    gang.runs.putIfAbsent(event.jobId(), null);
    if (expected.size() != null && gang.runs.size() > expected.size()) {
      return Optional.of(sized(event.gangId(), gang));
    }
    Optional<String> wrong = run(gang, event);
    boolean ends = event.terminal() || event.kind() == EventKind.PREEMPTED;
    return wrong.isPresent() || !ends ? wrong : end(gang, event);
  }

  private Optional<String> run(Gang gang, ObservedEvent event) {
    switch (event.kind()) {
      case LEASED, PENDING, RUNNING -> {
        if (event.runIndex() == null) {
          return Optional.empty();
        }
        gang.runs.put(event.jobId(), event.runIndex());
        return expected.together() ? behind(gang, event) : Optional.empty();
      }
      case SUCCEEDED, FAILED, CANCELLED, PREEMPTED, LEASE_RETURNED, LEASE_EXPIRED ->
          gang.runs.put(event.jobId(), null);
      default -> {}
    }
    return Optional.empty();
  }

  private static Optional<String> behind(Gang gang, ObservedEvent event) {
    return gang.runs.entrySet().stream()
        .filter(run -> run.getValue() != null && run.getValue() < event.runIndex())
        .findFirst()
        .map(
            run ->
                "run %d is %s while job %s of the same gang still has run %d"
                    .formatted(
                        event.runIndex(), event.kind().word(), run.getKey(), run.getValue()));
  }

  private Optional<String> end(Gang gang, ObservedEvent event) {
    ended.add(event.jobId());
    if (gang.firstEnd == null) {
      gang.firstEnd = event;
    }
    return expected.sameEnd() && gang.firstEnd.kind() != event.kind()
        ? Optional.of(
            "%s, and job %s of the same gang %s"
                .formatted(event.says(), gang.firstEnd.jobId(), gang.firstEnd.says()))
        : Optional.empty();
  }

  /** Whether more events of these jobs are needed: how each ends, where that is compared. */
  boolean waits(Collection<String> jobs) {
    return expected.sameEnd() && !ended.containsAll(jobs);
  }

  /** Says why the test fails when all events have come; a job that is in no gang is wrong too. */
  Optional<String> atTheEnd(Collection<String> jobs) {
    for (String job : jobs) {
      if (!byJob.containsKey(job)) {
        return Optional.of("job " + job + " is in no gang");
      }
    }
    return expected.size() == null
        ? Optional.empty()
        : gangs.entrySet().stream()
            .filter(gang -> gang.getValue().runs.size() != expected.size())
            .findFirst()
            .map(gang -> sized(gang.getKey(), gang.getValue()));
  }

  private String sized(String id, Gang gang) {
    return "gang %s has %d jobs, not the %d that are expected"
        .formatted(id, gang.runs.size(), expected.size());
  }
}
