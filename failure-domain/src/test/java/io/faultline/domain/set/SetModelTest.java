package io.faultline.domain.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to a set, in whatever order: what must always hold, does. */
class SetModelTest {

  private static final SpecRef SPEC = new SpecRef(0, 7, "ab");
  private static final int[] CODES = {1, 42, 137, 143};

  private static SetDefinition set(int members, int pods, int backoffLimit, int maxRestarts) {
    FailurePolicy policy =
        new FailurePolicy(
            maxRestarts,
            List.of(
                SetMachineTest.onCategory(42, GroupAction.RESTART_JOB),
                SetMachineTest.onCategory(143, GroupAction.RESTART_JOB_SET_AND_IGNORE_MAX_RESTARTS),
                SetMachineTest.onCategory(137, GroupAction.FAIL_JOB)));
    JobLimits limits = new JobLimits(PodFailurePolicy.NONE, backoffLimit, null);
    return new SetDefinition(
        "s",
        false,
        List.of(
            new SetTemplate(SPEC, "a", 1, 1, limits),
            new SetTemplate(SPEC, "b", members, pods, limits)),
        policy,
        false);
  }

  @Property(tries = 400)
  void everyJobEndsOnceAndEveryRunStartsOnce(
      @ForAll @IntRange(min = 1, max = 4) int members,
      @ForAll @IntRange(min = 1, max = 3) int pods,
      @ForAll @IntRange(max = 2) int backoffLimit,
      @ForAll @IntRange(max = 3) int maxRestarts,
      @ForAll("steps") List<Integer> steps) {
    SetDefinition set = set(members, pods, backoffLimit, maxRestarts);
    SetWorld world = SetWorld.of(set);
    List<RunRequest> older = new ArrayList<>();
    for (int step : steps) {
      take(world, step, older);
    }
    // what is left runs to its end
    for (int turn = 0; turn < 200 && !(world.set() instanceof EndedSet); turn++) {
      world.claim().stopTold();
      for (SetWorld.Live run : List.copyOf(world.live.values())) {
        if (!run.told()) {
          world.report(run.request(), RunState.SUCCEEDED);
        }
      }
      world.work().pass(Duration.ofMinutes(7));
    }
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    for (int index = 0; index < set.jobs(); index++) {
      assertThat(world.eventsOf(index).stream().filter(SetWorld::terminal)).hasSize(1);
      assertThat(world.records.jobs.get(SetIds.job(SetWorld.SET, index)))
          .isInstanceOf(EndedJob.class);
    }
    Set<String> runs = new HashSet<>();
    assertThat(world.claimed).allMatch(each -> runs.add(each.run().runId()));
    Set<Integer> generations = new HashSet<>();
    for (int i = 0; i < world.decisions.size(); i++) {
      GroupVerdict verdict = world.verdict(i);
      if (verdict.outcome() == GroupOutcome.RESTART_ALL
          || verdict.outcome() == GroupOutcome.FAILED) {
        assertThat(generations.add(verdict.generation()))
            .as("one decision about the whole set for each generation")
            .isTrue();
      }
      assertThat(verdict.counted() + verdict.countedOfJobs()).isLessThanOrEqualTo(maxRestarts);
    }
    assertThat(world.records.members).isEmpty();
    assertThat(world.records.failures).isEmpty();
    assertThat(world.records.layouts).isEmpty();
  }

  private static void take(SetWorld world, int step, List<RunRequest> older) {
    List<SetWorld.Live> live = List.copyOf(world.live.values());
    int which = step / 8;
    switch (step % 8) {
      case 0 -> world.claim();
      case 1, 2 -> {
        if (!live.isEmpty()) {
          SetWorld.Live run = live.get(which % live.size());
          older.add(run.request());
          world.exits(run.index(), CODES[which % CODES.length]);
        }
      }
      case 3 -> {
        if (!live.isEmpty()) {
          world.succeed(live.get(which % live.size()).index());
        }
      }
      case 4 -> world.stopTold();
      case 5 -> world.pass(Duration.ofSeconds(which % 20));
      case 6 -> {
        if (!older.isEmpty()) {
          world.report(older.get(which % older.size()), RunState.RUNNING);
        }
      }
      case 7 -> {
        if (which % 25 == 0) {
          world.cancel();
        }
      }
      default -> throw new IllegalStateException();
    }
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(0, 799).list().ofMaxSize(60);
  }

  /** A failure: whose, how, and how long after the first. */
  record Failure(int job, int code, String message, int millis) {}

  @Property(tries = 200)
  void noOrderOfArrivalChangesWhatIsDecided(
      @ForAll("failures") List<Failure> failures, @ForAll Random random) {
    SetWorld inOrder = decided(failures);
    List<Failure> shuffled = new ArrayList<>(failures);
    Collections.shuffle(shuffled, random);
    SetWorld other = decided(shuffled);
    assertThat(other.decisions).hasSameSizeAs(inOrder.decisions);
    for (int i = 0; i < inOrder.decisions.size(); i++) {
      assertThat(other.verdict(i)).isEqualTo(inOrder.verdict(i));
      assertThat(other.decisions.get(i).job()).isEqualTo(inOrder.decisions.get(i).job());
      assertThat(other.decisions.get(i).decision()).isEqualTo(inOrder.decisions.get(i).decision());
    }
  }

  private static SetWorld decided(List<Failure> failures) {
    SetWorld world = SetWorld.of(set(7, 1, 0, 2)).claim();
    Instant first = world.now;
    for (Failure failure : failures) {
      world.exits(failure.job(), failure.code(), failure.message(), at(first, failure));
    }
    return world.pass(Duration.ofMinutes(2));
  }

  private static Instant at(Instant first, Failure failure) {
    return first.plusMillis(failure.millis());
  }

  @Provide
  Arbitrary<List<Failure>> failures() {
    Arbitrary<Failure> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 7),
                Arbitraries.of(1, 42, 137, 143),
                Arbitraries.of("", "connection reset by peer"),
                Arbitraries.integers().between(0, 5))
            .as(Failure::new);
    return one.list().uniqueElements(Failure::job).ofMinSize(1).ofMaxSize(8);
  }
}
