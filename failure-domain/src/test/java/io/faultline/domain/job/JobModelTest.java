package io.faultline.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryRule;
import io.faultline.domain.retry.RetrySettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random inputs, repeated and out of order, against a plain model of what a job's life should be.
 */
class JobModelTest {

  private static final Set<RunState> NO_PROGRESS = EnumSet.of(RunState.STOPPED, RunState.DEFERRED);

  private static final Set<String> TERMINAL =
      Set.of("Succeeded", "Cancelled", "Preempted", "FailedForGood");

  /** One input, applied to the machine and to the model. */
  record Input(What what, int run, RunState state, String executor, EvidenceKind kind, boolean ok) {
    enum What {
      SUBMIT,
      CANCEL,
      REPORT,
      FAILURE,
      EXPIRE
    }
  }

  record Limits(int policy, int global, int attempted, boolean preemptionNamed) {}

  @Property(tries = 3000)
  void aJobGoesTheWayOfTheModel(
      @ForAll("lives") List<Input> inputs, @ForAll("limits") Limits limits) {
    JobLife life =
        new JobLife(new RetrySettings(true, limits.global(), "", limits.attempted(), "armada"));
    RetryRule[] rules =
        limits.preemptionNamed()
            ? new RetryRule[] {JobLife.onKind(EvidenceKind.PREEMPTED, RetryAction.RETRY)}
            : new RetryRule[0];
    life.under(JobLife.retrying(limits.policy(), rules));
    Model model = new Model(limits);

    for (Input input : inputs) {
      apply(life, input);
      model.apply(input);
      assertThat(told(life)).isEqualTo(model.told);
    }

    assertThat(life.events())
        .extracting(JobEvent::sequence)
        .isEqualTo(LongStream.range(0, model.told.size()).boxed().toList());
    assertThat(told(life).stream().filter(t -> TERMINAL.contains(t.split("/")[0])).count())
        .isLessThanOrEqualTo(1);
    List<Integer> asked = life.requests().stream().map(r -> r.run().index()).toList();
    int runs = (int) asked.stream().distinct().count();
    assertThat(asked.stream().distinct().toList())
        .isEqualTo(IntStream.range(0, runs).boxed().toList());
    assertThat(asked.size() - runs)
        .as("only a run that was deferred is asked for again")
        .isLessThanOrEqualTo(
            (int) inputs.stream().filter(input -> input.state() == RunState.DEFERRED).count());
    assertThat(life.decisions().stream().filter(d -> d.decision().reason().word().equals("retry")))
        .hasSizeLessThanOrEqualTo(limits.global());
  }

  private static void apply(JobLife life, Input input) {
    switch (input.what()) {
      case SUBMIT -> life.submit(false);
      case CANCEL -> life.cancel();
      case REPORT -> life.report(input.run(), input.state(), input.executor(), "n");
      case FAILURE ->
          life.failure(
              JobLife.with(
                  life.error(input.run(), input.kind(), null, ""), input.ok(), input.ok()));
      case EXPIRE -> life.expires();
    }
  }

  /** What the world was told: events with their run, runs asked for, runs reported lost, stops. */
  private static List<String> told(JobLife life) {
    List<String> told = new ArrayList<>();
    for (JobEvent event : life.events()) {
      String name = event.detail().getClass().getSimpleName();
      if (event.detail() instanceof JobEvent.Failed failed && !failed.retryable()) {
        name = "FailedForGood";
      }
      RunIdentity run = event.run();
      told.add(run == null ? name : name + "/" + run.index());
    }
    return told;
  }

  /** Written from the description of a job's life, without looking at the machine. */
  private static final class Model {
    final Limits limits;
    final List<String> told = new ArrayList<>();
    boolean known;
    boolean over;
    int run;
    String holder = "";
    Set<RunState> seen = EnumSet.noneOf(RunState.class);
    int failures;
    int granted;

    Model(Limits limits) {
      this.limits = limits;
    }

    void apply(Input input) {
      if (input.what() == Input.What.SUBMIT && !known) {
        known = true;
        told.add("Submitted");
      } else if (known && !over) {
        switch (input.what()) {
          case CANCEL -> end(holder.isEmpty() ? "Cancelled" : "Cancelled/" + run);
          case REPORT -> report(input);
          case FAILURE -> failure(input);
          case SUBMIT, EXPIRE -> {}
        }
      }
    }

    private void end(String last) {
      told.add(last);
      over = true;
    }

    private void report(Input input) {
      boolean theirs = holder.isEmpty() || holder.equals(input.executor());
      if (input.run() != run || !theirs || NO_PROGRESS.contains(input.state())) {
        return;
      }
      if (input.state() == RunState.SUCCEEDED) {
        end("Succeeded/" + run);
      } else if (seen.add(input.state())) {
        holder = input.executor();
        String word = input.state().name();
        told.add(word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT) + "/" + run);
      }
    }

    private void failure(Input input) {
      if (input.run() != run || !input.ok()) {
        return;
      }
      boolean again;
      if (input.kind() == EvidenceKind.LEASE_RETURNED) {
        again = run + 1 < limits.attempted();
      } else if (input.kind() == EvidenceKind.PREEMPTED && !limits.preemptionNamed()) {
        end("Preempted/" + run);
        return;
      } else {
        if (input.kind() != EvidenceKind.PREEMPTED) {
          failures++;
        }
        again = granted < limits.global() && Math.max(0, failures - 1) < limits.policy();
        granted += again ? 1 : 0;
      }
      if (again) {
        told.add("Failed/" + run);
        told.add("RetryScheduled");
        run++;
        holder = "";
        seen.clear();
      } else {
        end("FailedForGood/" + run);
      }
    }
  }

  @Provide
  Arbitrary<List<Input>> lives() {
    Arbitrary<Input> input =
        Combinators.combine(
                Arbitraries.frequency(
                    Tuple.of(1, Input.What.SUBMIT),
                    Tuple.of(1, Input.What.CANCEL),
                    Tuple.of(20, Input.What.REPORT),
                    Tuple.of(20, Input.What.FAILURE),
                    Tuple.of(2, Input.What.EXPIRE)),
                Arbitraries.integers().between(0, 5),
                Arbitraries.frequency(
                    Tuple.of(5, RunState.LEASED),
                    Tuple.of(5, RunState.PENDING),
                    Tuple.of(5, RunState.RUNNING),
                    Tuple.of(1, RunState.SUCCEEDED),
                    Tuple.of(1, RunState.STOPPED),
                    Tuple.of(1, RunState.DEFERRED)),
                Arbitraries.frequency(Tuple.of(5, "exec-1"), net.jqwik.api.Tuple.of(1, "exec-2")),
                Arbitraries.of(
                    EvidenceKind.POD_FAILED,
                    EvidenceKind.POD_ISSUE,
                    EvidenceKind.LEASE_EXPIRED,
                    EvidenceKind.LEASE_RETURNED,
                    EvidenceKind.PREEMPTED),
                Arbitraries.frequency(Tuple.of(4, true), net.jqwik.api.Tuple.of(1, false)))
            .as(Input::new);
    Input submit =
        new Input(Input.What.SUBMIT, 0, RunState.LEASED, "exec-1", EvidenceKind.POD_FAILED, true);
    // Runs come roughly in order, so that lives get long; every step may repeat or be of any run.
    return input
        .list()
        .ofMinSize(20)
        .ofMaxSize(120)
        .map(
            random -> {
              List<Input> life = new ArrayList<>();
              life.add(submit);
              for (int i = 0; i < random.size(); i++) {
                Input r = random.get(i);
                int about = r.run() == 5 ? i % 6 : i * 6 / random.size();
                life.add(new Input(r.what(), about, r.state(), r.executor(), r.kind(), r.ok()));
              }
              return life;
            });
  }

  @Provide
  Arbitrary<Limits> limits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 6),
            Arbitraries.of(true, false))
        .as(Limits::new);
  }
}
