package io.faultline.domain.watched;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.group.Settling;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures of sets of others are gathered by generation and decided once. */
class WatchedSetsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final GroupCounters FRESH = GroupCounters.NONE;

  private final WatchedSets sets = new WatchedSets(Settling.DEFAULT);
  private final WatchedMemory memory = new WatchedMemory();
  private Instant now = T0;
  private @Nullable FailurePolicy policy = policy(GroupAction.RESTART_JOB_SET, 3);
  private String problem = "";

  private static FailurePolicy policy(GroupAction action, int maxRestarts) {
    return new FailurePolicy(
        maxRestarts,
        List.of(
            new FailurePolicyRule("gpu", action, Set.of(), List.of(), Set.of(), Set.of("gpu"))));
  }

  private WatchedSet set(GroupCounters counters) {
    return new WatchedSet(
        "set",
        "train",
        WatchedSet.Kind.JOB_SET,
        List.of(new ReplicatedJob("workers", 4)),
        policy,
        problem,
        counters);
  }

  /** A Job of one pod failed; when that began is not said. */
  private void fails(String uid, int index, Fence fence, GroupCounters counters) {
    fails(uid, index, fence, counters, null);
  }

  private void fails(
      String uid, int index, Fence fence, GroupCounters counters, @Nullable Instant startedAt) {
    WatchedMember member =
        new WatchedMember(
            new JobIdentity(uid, "research", "train", "ns/train"),
            new GroupMember("train-workers-" + index, "workers", index),
            fence,
            "BackoffLimitExceeded",
            "",
            startedAt,
            now,
            false,
            1);
    sets.failed(memory, new WatchedFailure(set(counters), member, "e", "c", "ns"), now);
  }

  private void pod(String uid, String category) {
    pod(uid, category, true);
  }

  private void pod(String uid, String category, boolean counted) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED, null, "", "", "", "n", List.of(), List.of(), "", null);
    JobError error =
        new JobError(
            "pod-" + uid + "/0",
            new JobIdentity(uid, "research", "train", "ns/train"),
            new RunIdentity("pod-" + uid, 0),
            "e",
            "c",
            "ns",
            "pod-" + uid,
            now,
            true,
            evidence);
    FailureInfo info = new FailureInfo(1, "", "main", category, "", List.of(category), "");
    sets.failed(
        memory,
        new ClassifiedError(
            error,
            new Classification(info, PodAction.RETAIN, "", null, false),
            "default",
            7,
            counted,
            new FailureCounts(1, 1),
            FailureRates.UNKNOWN),
        now);
  }

  /** Time goes by. */
  private List<DecisionRecord> after(Duration time) {
    Instant until = now.plus(time);
    List<DecisionRecord> decisions = new ArrayList<>();
    while (!memory.wakes.isEmpty() && !memory.wakes.firstKey().isAfter(until)) {
      var due = memory.wakes.pollFirstEntry();
      decisions.addAll(sets.wake(memory, due.getValue(), due.getKey()));
    }
    now = until;
    return decisions;
  }

  private DecisionRecord decided() {
    List<DecisionRecord> decisions = after(Duration.ofSeconds(2));
    assertThat(decisions).hasSize(1);
    return decisions.get(0);
  }

  private static GroupVerdict group(DecisionRecord decision) {
    return Objects.requireNonNull(decision.group());
  }

  @Test
  void theDecisionStandsBesideTheFailureOfThePodThatFailedTheJob() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "gpu");
    DecisionRecord decision = decided();

    assertThat(decision.advice()).isTrue();
    assertThat(decision.job().jobId()).isEqualTo("a");
    assertThat(decision.run().runId()).isEqualTo("pod-a");
    assertThat(decision.categoriesRevision()).isEqualTo(7);
    assertThat(decision.decision().reason()).isEqualTo(DecisionReason.RETRY);
    assertThat(decision.decision().ruleName()).isEqualTo("gpu");
    assertThat(group(decision).reason()).isEqualTo("FailurePolicy_gpu");
    assertThat(group(decision).setId()).isEqualTo("set");
  }

  @Test
  void ofAnotherCategoryTheSameReasonIsDecidedOtherwise() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "user-error");

    assertThat(group(decided()).reason()).isEqualTo("DefaultFailurePolicy");
  }

  @Test
  void podsThatComeFirstAreJoinedToo() {
    pod("a", "gpu");
    now = now.plusSeconds(5);
    fails("a", 0, Fence.FIRST, FRESH);

    assertThat(decided().decision().ruleName()).isEqualTo("gpu");
    assertThat(memory.pods).isEmpty();
  }

  @Test
  void aRepeatOfAPodIsNoPod() {
    pod("a", "gpu", false);

    assertThat(memory.pods).isEmpty();
  }

  @Test
  void itIsDecidedAtTheFirstLookAfterThePodsAreKnown() {
    fails("a", 0, Fence.FIRST, FRESH);
    assertThat(after(Duration.ofSeconds(5))).isEmpty();
    pod("a", "gpu");
    assertThat(after(Duration.ofSeconds(2))).as("looked at after 2, 4 and 8 s").isEmpty();
    assertThat(after(Duration.ofSeconds(1))).hasSize(1);
  }

  @Test
  void withoutItsPodsItIsDecidedAtTheLimit() {
    fails("a", 0, Fence.FIRST, FRESH);

    assertThat(after(Duration.ofSeconds(59))).isEmpty();
    assertThat(after(Duration.ofSeconds(1)))
        .singleElement()
        .satisfies(decision -> assertThat(decision.run().runId()).isEqualTo("a"));
  }

  @Test
  void whileAllThatIsKnownLostAPeerACauseIsWaitedFor() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "lost-peer");
    assertThat(after(Duration.ofSeconds(20))).isEmpty();
    fails("b", 1, Fence.FIRST, FRESH);
    pod("b", "gpu");

    assertThat(after(Duration.ofSeconds(20)))
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(group(decision).blamed()).isEqualTo("train-workers-1");
              assertThat(group(decision).collateral()).containsExactly("train-workers-0");
              assertThat(group(decision).failed()).isEqualTo(2);
            });
  }

  @Test
  void whatFailsAfterTheSetWasDecidedIsLate() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "gpu");
    decided();
    fails("b", 1, Fence.FIRST, FRESH);

    assertThat(after(Duration.ofMinutes(2))).isEmpty();
  }

  @Test
  void theNextGenerationIsDecidedByItselfAndByWhatItsSetHadThen() {
    GroupCounters third = new GroupCounters(2, 2, Map.of());
    fails("a", 0, new Fence(2, 0), third);
    pod("a", "gpu");
    DecisionRecord decision = decided();

    assertThat(group(decision).generation()).isEqualTo(2);
    assertThat(group(decision).restarts()).isEqualTo(3);
    assertThat(decision.decision().retriesUsed()).isEqualTo(2);

    fails("b", 0, new Fence(3, 0), new GroupCounters(3, 3, Map.of()));
    pod("b", "gpu");
    DecisionRecord last = decided();
    assertThat(group(last).outcome()).isEqualTo(GroupOutcome.FAILED);
    assertThat(last.decision().reason()).isEqualTo(DecisionReason.FAIL_POLICY_LIMIT);
  }

  @Test
  void countersThatWereSeenTooLateAreThoseOfTheGenerationThatFailed() {
    fails("a", 0, Fence.FIRST, new GroupCounters(1, 1, Map.of()));
    pod("a", "gpu");

    assertThat(group(decided()).restarts()).isEqualTo(1);
  }

  @Test
  void eachMemberThatWouldStartAgainAloneHasADecisionAndSoHasItsNextStart() {
    policy = policy(GroupAction.RESTART_JOB, 3);
    fails("a", 0, Fence.FIRST, FRESH);
    fails("b", 1, Fence.FIRST, FRESH);
    pod("a", "gpu");
    pod("b", "gpu");
    assertThat(after(Duration.ofSeconds(2)))
        .extracting(decision -> group(decision).blamed() + " " + group(decision).outcome())
        .containsExactly("train-workers-0 RESTART_ONE", "train-workers-1 RESTART_ONE");

    JobRestarts once = new JobRestarts(1, 1);
    GroupCounters counters = new GroupCounters(0, 0, Map.of(new JobIndex("workers", 0), once));
    fails("a2", 0, new Fence(0, 1), counters);
    pod("a2", "gpu");
    assertThat(group(decided()).countedOfJobs()).isEqualTo(2);
  }

  @Test
  void aJobThatStartedAgainAloneAfterTheDecisionIsDecidedThoughTheSetWas() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "gpu");
    decided();
    Instant again = now;
    now = now.plusSeconds(60);
    fails("dragged", 1, new Fence(0, 1), FRESH, T0.minusSeconds(60));
    fails("a2", 0, new Fence(0, 1), FRESH, again);
    pod("a2", "gpu");

    assertThat(group(decided()).blamed()).isEqualTo("train-workers-0");
  }

  @Test
  void ofTwoStartsOfAJobThatWereGatheredTheLaterIsWeighed() {
    fails("a", 0, Fence.FIRST, FRESH);
    fails("a2", 0, new Fence(0, 1), FRESH);
    pod("a", "user-error");
    pod("a2", "gpu");

    assertThat(decided().job().jobId()).isEqualTo("a2");
    assertThat(after(Duration.ofMinutes(5))).isEmpty();
  }

  @Test
  void aPolicyThatCantBeReadIsNamed() {
    problem = "the annotation can't be read: line 1";
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "gpu");
    DecisionRecord decision = decided();

    assertThat(decision.decision().message()).endsWith("; " + problem);
    assertThat(decision.decision().trace().get(0).value()).isEqualTo(problem);
  }

  @Test
  void aJobThatStandsAloneHasItsOwnReasonAndTheCategoryOfItsPod() {
    WatchedMember member =
        new WatchedMember(
            new JobIdentity("uid", "research", "job", "uid"),
            new GroupMember("job", "job", 0),
            Fence.FIRST,
            "BackoffLimitExceeded",
            "Job has reached the specified backoff limit",
            null,
            now,
            false,
            1);
    WatchedSet alone =
        new WatchedSet(
            "uid",
            "job",
            WatchedSet.Kind.JOB,
            List.of(new ReplicatedJob("job", 1)),
            null,
            "",
            FRESH);
    sets.failed(memory, new WatchedFailure(alone, member, "e", "c", "ns"), now);
    pod("uid", "gpu");
    DecisionRecord decision = decided();

    assertThat(decision.decision().message())
        .isEqualTo(
            "job job failed: BackoffLimitExceeded: Job has reached the specified backoff limit");
    assertThat(group(decision).categories()).containsExactly("gpu");
    assertThat(group(decision).outcome()).isEqualTo(GroupOutcome.FAILED);
  }

  @Test
  void itIsForgottenInTheEndAndNotBefore() {
    fails("a", 0, Fence.FIRST, FRESH);
    pod("a", "gpu");
    decided();

    after(WatchedSets.REMEMBERED.minusSeconds(1));
    assertThat(memory.rounds).hasSize(1);
    after(Duration.ofSeconds(1));
    assertThat(memory.rounds).isEmpty();
    assertThat(memory.members).isEmpty();
  }
}
