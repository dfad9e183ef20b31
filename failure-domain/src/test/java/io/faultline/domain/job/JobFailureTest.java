package io.faultline.domain.job;

import static io.faultline.domain.job.JobLife.OFF;
import static io.faultline.domain.job.JobLife.ON;
import static io.faultline.domain.job.JobLife.deleting;
import static io.faultline.domain.job.JobLife.onGpu;
import static io.faultline.domain.job.JobLife.onKind;
import static io.faultline.domain.job.JobLife.retrying;
import static io.faultline.domain.job.JobLife.submitted;
import static io.faultline.domain.job.JobLife.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.domain.retry.RunMutations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobFailureTest {
  private static final Growth HALF_MORE = new Growth.Factor(Amount.MEMORY, "1.5", null);
  private static final Growth FIVE_MORE =
      new Growth.Fixed(Amount.MEMORY, Quantity.ofBytes(5), null);
  private static final PolicyChoice MISSING =
      new PolicyChoice(List.of("missing"), List.of(), List.of("missing"), null);

  @Test
  void aRetryIsToldScheduledAndAskedFor() {
    JobLife life = submitted(ON).under(retrying(1)).running(0).fails(0);

    assertThat(life.lastEffects())
        .containsExactly("Failed", "Decide", "RetryScheduled", "RequestRun");
    JobEvent.Failed failed = life.lastFailed();
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.policy()).isEqualTo("ml-training");
    assertThat(failed.reason()).isEqualTo("Error");
    assertThat(failed.message()).isEqualTo("main: boom");
    assertThat(life.requests().get(1).run()).isEqualTo(RunIdentity.of("01j", 1));
    assertThat(life.requests().get(1).podName()).isEqualTo("armada-01j-0-1");
    DecisionRecord decision = life.decisions().get(0);
    assertThat(decision.advice()).isFalse();
    assertThat(decision.policyRevision()).isEqualTo(9);
    assertThat(decision.categoriesRevision()).isEqualTo(7);
  }

  @Test
  void aRefusedRetryEndsTheJobAndKeepsTheRootCause() {
    JobLife life = submitted(ON).under(retrying(1)).running(0).fails(0).running(1).fails(1);

    assertThat(life.lastEffects()).containsExactly("Failed", "Decide", "DropSpec");
    JobEvent.Failed failed = life.lastFailed();
    assertThat(failed.retryable()).isFalse();
    assertThat(failed.reason()).isEqualTo("MaxRunsExceeded");
    assertThat(failed.message())
        .isEqualTo("Retry policy: policy retry limit exceeded (1/1)\nmain: boom");
    assertThat(failed.failureInfo().category()).isEqualTo("gpu");
    assertThat(failed.policy()).isEqualTo("ml-training");
  }

  @Test
  void aFailureIsDecidedOnce() {
    JobLife life = submitted(ON).under(retrying(3)).running(0).fails(0);
    JobState before = life.state;

    assertThat(life.fails(0).last).isEmpty();
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void onlyTheCountedTerminalFailureIsDecided() {
    JobLife life = submitted(ON).under(retrying(3)).running(0);
    var error = life.error(0, EvidenceKind.POD_FAILED, 74, "");

    assertThat(life.failure(with(error, false, true)).last).isEmpty();
    assertThat(life.failure(with(error, true, false)).last).isEmpty();
    assertThat(life.failure(error).last).isNotEmpty();
  }

  @Test
  void aFailureOfARunNotYetReportedIsDecided() {
    assertThat(submitted(ON).under(retrying(3)).fails(0).lastEffects())
        .containsExactly("Failed", "Decide", "RetryScheduled", "RequestRun");
  }

  @Test
  void theGlobalCapCountsEveryGrantedRetry() {
    JobLife life =
        submitted(new RetrySettings(true, 2, "", 5, "armada"))
            .under(retrying(10, onKind(EvidenceKind.PREEMPTED, RetryAction.RETRY)))
            .fails(0, EvidenceKind.PREEMPTED)
            .fails(1, EvidenceKind.PREEMPTED)
            .fails(2);

    assertThat(life.decisions())
        .extracting(d -> d.decision().reason())
        .containsExactly(
            DecisionReason.RETRY, DecisionReason.RETRY, DecisionReason.FAIL_GLOBAL_LIMIT);
  }

  @Test
  void preemptionsUseNoBudgetOfThePolicy() {
    JobLife life =
        submitted(ON)
            .under(retrying(1, onKind(EvidenceKind.PREEMPTED, RetryAction.RETRY)))
            .fails(0, EvidenceKind.PREEMPTED)
            .fails(1, EvidenceKind.PREEMPTED)
            .fails(2)
            .fails(3);

    assertThat(life.decisions())
        .extracting(d -> d.decision().reason())
        .containsExactly(
            DecisionReason.RETRY,
            DecisionReason.RETRY,
            DecisionReason.RETRY,
            DecisionReason.FAIL_POLICY_LIMIT);
  }

  @Test
  void anExpiredLeaseCountsAndItsExecutorIsToldToStop() {
    JobLife life =
        submitted(ON)
            .under(retrying(1, onGpu(new Mutations(true, false, List.of(HALF_MORE)))))
            .running(0)
            .expires()
            .fails(0, EvidenceKind.LEASE_EXPIRED);

    assertThat(life.lastEffects())
        .containsExactly("Failed", "Decide", "STOP", "RetryScheduled", "RequestRun");
    assertThat(life.lastFailed().reason()).isEqualTo("LeaseExpired");
    assertThat(life.requests().get(1).mutations()).isEqualTo(RunMutations.NONE);
    assertThat(life.active().budgets()).isEqualTo(new Budgets(1, 1, Map.of("ml-training/", 1)));
  }

  @Test
  void aPreemptionThatNoRuleNamesEndsItsJobAsPreempted() {
    JobLife life = submitted(ON).under(retrying(3)).running(0).fails(0, EvidenceKind.PREEMPTED);

    assertThat(life.lastEffects()).containsExactly("Preempted", "Decide", "DropSpec");
    assertThat(life.ended().outcome()).isEqualTo(EndedJob.Outcome.PREEMPTED);
  }

  @Test
  void returnedLeasesAreTriedAgainUpToTheAttemptedRuns() {
    JobLife life = submitted(ON);
    for (int run = 0; run < 4; run++) {
      life.fails(run, EvidenceKind.LEASE_RETURNED);
      assertThat(life.lastFailed().retryable()).isTrue();
      assertThat(life.lastFailed().policy()).isEmpty();
    }
    life.fails(4, EvidenceKind.LEASE_RETURNED);

    JobEvent.Failed failed = life.lastFailed();
    assertThat(failed.retryable()).isFalse();
    assertThat(failed.reason()).isEqualTo("MaxRunsExceeded");
    assertThat(failed.failureInfo().category()).isEqualTo("internal");
    assertThat(failed.failureInfo().subcategory()).isEqualTo("max-runs-exceeded");
    assertThat(failed.failureInfo().categories()).containsExactly("internal");
    assertThat(life.requests()).hasSize(5);
  }

  @Test
  void aRulesCategoryIsKeptWhereTheAttemptedRunsAreUsedUp() {
    JobLife life = submitted(new RetrySettings(true, 20, "", 1, "armada"));
    var returned = life.error(0, EvidenceKind.LEASE_RETURNED, null, "");
    var byRule = life.error(0, EvidenceKind.POD_FAILED, 1, "").classification();

    life.failure(
        new ClassifiedError(
            returned.error(), byRule, "default", 7, true, returned.counts(), FailureRates.UNKNOWN));

    assertThat(life.lastFailed().failureInfo().category()).isEqualTo("gpu");
  }

  @Test
  void aReturnedLeaseThatARuleNamesIsDecidedByIt() {
    JobLife life =
        submitted(ON)
            .under(retrying(1, onKind(EvidenceKind.LEASE_RETURNED, RetryAction.FAIL)))
            .fails(0, EvidenceKind.LEASE_RETURNED);

    assertThat(life.decisions().get(0).decision().reason()).isEqualTo(DecisionReason.FAIL_RULE);
    assertThat(life.lastFailed().retryable()).isFalse();
  }

  @Test
  void withoutAPolicyAFailureEndsTheJobInItsOwnWords() {
    for (PolicyChoice none : List.of(PolicyChoice.NONE, MISSING)) {
      JobLife life = submitted(ON).under(none).running(0).fails(0);

      assertThat(life.lastEffects()).containsExactly("Failed", "Decide", "DropSpec");
      assertThat(life.lastFailed().reason()).isEqualTo("Error");
      assertThat(life.lastFailed().message()).isEqualTo("main: boom");
      assertThat(life.lastFailed().policy()).isEmpty();
      assertThat(life.decisions().get(0).policy()).isEmpty();
      assertThat(life.decisions().get(0).decision().reason()).isEqualTo(DecisionReason.NO_POLICY);
    }
  }

  @Test
  void offMeansOff() {
    JobLife life = submitted(OFF).running(0).fails(0);

    assertThat(life.lastEffects()).containsExactly("Failed", "DropSpec");
    assertThat(life.lastFailed().retryable()).isFalse();
  }

  @Test
  void offStillTriesReturnedLeasesAgainUnderTheSamePodName() {
    JobLife life = submitted(OFF).fails(0, EvidenceKind.LEASE_RETURNED);

    assertThat(life.requests()).extracting(RunRequest::podName).containsOnly("armada-01j-0");
    assertThat(life.decisions()).isEmpty();
  }

  @Test
  void failFastEndsAJobAtItsFirstFailure() {
    JobLife life = new JobLife(ON).under(retrying(3)).submit(true).running(0).fails(0);

    assertThat(life.lastFailed().retryable()).isFalse();
    assertThat(life.lastFailed().message()).isEqualTo("main: boom");
    assertThat(life.decisions().get(0).decision().reason()).isEqualTo(DecisionReason.FAIL_FAST);
  }

  @Test
  void aRunThatNoNodeCanTakeEndsItsJob() {
    JobLife life = submitted(ON).under(retrying(3));

    life.failure(life.error(0, EvidenceKind.POD_ISSUE, null, "Unschedulable"));

    assertThat(life.lastFailed().retryable()).isFalse();
    assertThat(life.lastFailed().reason()).isEqualTo("Unschedulable");
    assertThat(life.decisions().get(0).decision().reason())
        .isEqualTo(DecisionReason.RETRY_UNSCHEDULABLE);
  }

  @Test
  void aCategoryCanHaveTheFailedPodDeleted() {
    JobLife life = submitted(ON).under(retrying(3)).running(0);

    life.failure(deleting(life.error(0, EvidenceKind.POD_FAILED, 74, "")));

    assertThat(life.lastEffects()).contains("DELETE_POD");
  }

  @Test
  void everyNodeOfAnEarlierRunIsAvoidedAndGrowthIsKept() {
    Mutations both = new Mutations(true, false, List.of(HALF_MORE));
    JobLife life = submitted(ON).under(retrying(9, onGpu(Mutations.NONE))).running(0).fails(0);
    assertThat(life.requests().get(1).mutations()).isEqualTo(RunMutations.NONE);

    life.under(retrying(9, onGpu(both))).running(1).fails(1);
    assertThat(life.requests().get(2).mutations())
        .isEqualTo(
            new RunMutations(
                List.of("node-0", "node-1"),
                List.of(),
                List.of(new GrantedGrowth(HALF_MORE, "ml-training", "r", 1))));

    life.under(retrying(9, onGpu(new Mutations(false, false, List.of(FIVE_MORE)))))
        .running(2)
        .fails(2);
    assertThat(life.requests().get(3).mutations()).isEqualTo(life.requests().get(2).mutations());
  }

  @Test
  void aJobOfOthersGetsAdviceAndNothingElse() {
    JobLife life = new JobLife(ON).under(retrying(1));

    life.fails(0);
    assertThat(life.lastEffects()).containsExactly("Decide");
    assertThat(life.decisions().get(0).advice()).isTrue();
    assertThat(life.decisions().get(0).decision().retry()).isTrue();

    life.fails(1);
    assertThat(life.decisions().get(1).decision().reason())
        .isEqualTo(DecisionReason.FAIL_POLICY_LIMIT);
    assertThat(life.state).isNull();
  }

  @Test
  void withRetriesOffAJobOfOthersGetsNothing() {
    assertThat(new JobLife(OFF).fails(0).last).isEmpty();
  }
}
