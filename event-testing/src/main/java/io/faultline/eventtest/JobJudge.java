package io.faultline.eventtest;

import io.faultline.eventtest.Verdict.Mark;
import io.faultline.eventtest.Verdict.Rung;
import io.faultline.rules.table.Difference;
import io.faultline.rules.yaml.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the events of one job with what is expected of it. */
final class JobJudge {

  /** Why the test fails with an event. */
  record Wrong(String message, List<Difference> differences) {
    Wrong(String message) {
      this(message, List.of());
    }
  }

  private final EventTest test;
  private final List<Rung> rungs = new ArrayList<>();
  private int met;
  private int times;
  private @Nullable Instant lastMetAt;

  JobJudge(EventTest test) {
    this.test = test;
  }

  /** Whether all that is expected has come; whatever comes then says nothing any more. */
  boolean done() {
    return met == test.expected().size();
  }

  /** What it waits for; call it only while it is not done. */
  ExpectedEvent awaited() {
    return test.expected().get(met);
  }

  /** Takes the job's next event; says why the test fails, where it does. */
  Optional<Wrong> take(ObservedEvent event) {
    if (done()) {
      return Optional.empty();
    }
    ExpectedEvent awaited = awaited();
    boolean ofAwaitedKind = event.kind() == awaited.kind();
    Wrong wrong = forbidden(event);
    if (wrong == null) {
      wrong = ofAwaitedKind ? differs(awaited, event) : between(awaited, event);
    }
    if (wrong == null && ofAwaitedKind) {
      meet(awaited, event);
      if (event.terminal() && !done()) {
        wrong = over(event);
      }
      return Optional.ofNullable(wrong);
    }
    Mark mark = wrong == null ? Mark.PASSED_OVER : Mark.WRONG;
    rungs.add(new Rung(mark, mark == Mark.WRONG ? awaited : null, event));
    return Optional.ofNullable(wrong);
  }

  private void meet(ExpectedEvent awaited, ObservedEvent event) {
    rungs.add(new Rung(Mark.MET, awaited, event));
    times++;
    if (times == awaited.times()) {
      met++;
      times = 0;
      lastMetAt = event.at();
    }
    if (done()) {
      rungs.clear(); // a ladder is asked of jobs that are not done, and there may be many others
    }
  }

  private @Nullable Wrong forbidden(ObservedEvent event) {
    boolean forbidden = test.forbidden().stream().anyMatch(f -> f.is(event));
    return forbidden ? new Wrong(event.kind().word() + " is forbidden") : null;
  }

  private @Nullable Wrong differs(ExpectedEvent awaited, ObservedEvent event) {
    List<Difference> differences = new ArrayList<>(awaited.differences(event));
    late(awaited, event).ifPresent(differences::add);
    return differences.isEmpty()
        ? null
        : new Wrong(event.kind().word() + " differs: " + text(differences), differences);
  }

  private Optional<Difference> late(ExpectedEvent awaited, ObservedEvent event) {
    if (awaited.within() == null) {
      return Optional.empty();
    }
    if (lastMetAt == null || event.at() == null) {
      return Optional.of(
          new Difference("within", GoDuration.text(awaited.within()), "no recorded time"));
    }
    Duration took = Duration.between(lastMetAt, event.at());
    return took.compareTo(awaited.within()) <= 0
        ? Optional.empty()
        : Optional.of(
            new Difference("within", GoDuration.text(awaited.within()), GoDuration.text(took)));
  }

  /** Of an event of another kind than the awaited one. */
  private @Nullable Wrong between(ExpectedEvent awaited, ObservedEvent event) {
    if (met > 0) {
      ExpectedEvent before = test.expected().get(met - 1);
      if (before.count() != null && before.is(event)) {
        return new Wrong("one more " + event.kind().word() + " than the " + before.count());
      }
    }
    if (event.terminal()) {
      return over(event);
    }
    return test.strict()
        ? new Wrong(event.kind().word() + " came where only " + awaited + " may come")
        : null;
  }

  private Wrong over(ObservedEvent event) {
    return new Wrong("the job is over (" + event.says() + ") and awaits " + awaited());
  }

  private static String text(List<Difference> differences) {
    return String.join("; ", differences.stream().map(Difference::toString).toList());
  }

  /** What was expected beside what came, and what is missing. */
  List<Rung> ladder() {
    List<Rung> ladder = new ArrayList<>(rungs);
    boolean wrong = !rungs.isEmpty() && rungs.get(rungs.size() - 1).mark() == Mark.WRONG;
    test.expected().stream()
        .skip(met + (wrong ? 1L : 0L))
        .forEach(e -> ladder.add(new Rung(Mark.MISSING, e, null)));
    return ladder;
  }
}
