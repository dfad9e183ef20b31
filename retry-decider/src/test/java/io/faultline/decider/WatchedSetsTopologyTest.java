package io.faultline.decider;

import static io.faultline.decider.DeciderDriver.T0;
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
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedMember;
import io.faultline.domain.watched.WatchedSet;
import io.faultline.domain.watched.WatchedSets;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sets of others, through the real topology: gathered, decided once as advice, and forgotten. */
class WatchedSetsTopologyTest {

  private static final String GANG = "default/train";
  private static final String BACKOFF = "BackoffLimitExceeded";

  private final DeciderDriver decider = DeciderDriver.enabled();

  @AfterEach
  void close() {
    decider.close();
  }

  private static FailurePolicyRule rule(String name, GroupAction action, String category) {
    return new FailurePolicyRule(
        name,
        action,
        Set.of(),
        List.of(),
        Set.of(),
        category.isEmpty() ? Set.of() : Set.of(category));
  }

  private static WatchedSet set(GroupCounters counters) {
    return new WatchedSet(
        "set-1",
        "train",
        WatchedSet.Kind.JOB_SET,
        List.of(new ReplicatedJob("leader", 1), new ReplicatedJob("workers", 2)),
        new FailurePolicy(
            3,
            List.of(
                rule("hardware", GroupAction.RESTART_JOB_SET_AND_IGNORE_MAX_RESTARTS, "gpu"),
                rule("bug", GroupAction.FAIL_JOB_SET, "user-error"))),
        "",
        counters);
  }

  private void job(String uid, String of, int index, int generation, Instant failedAt) {
    String name = "train-" + of + "-" + index;
    WatchedMember member =
        new WatchedMember(
            new JobIdentity(uid, "default", name, GANG),
            new GroupMember(name, of, index),
            new Fence(generation, 0),
            BACKOFF,
            "Job has reached the specified backoff limit",
            failedAt.minusSeconds(60),
            failedAt,
            false,
            1);
    decider.send(
        Topics.WATCHED_FAILURES,
        GANG,
        new WatchedFailure(
            set(new GroupCounters(generation, generation, Map.of())),
            member,
            "exec-1",
            "mock",
            "default"));
  }

  private void pod(String jobUid, int exitCode, String category, Instant at) {
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
                    "app:1",
                    new Termination(exitCode, 0, "Error", ""),
                    "",
                    null)),
            List.of(),
            "",
            null);
    JobIdentity job = new JobIdentity(jobUid, "default", "train", GANG);
    String uid = "pod-of-" + jobUid;
    JobError error =
        new JobError(
            uid + "/0",
            job,
            new RunIdentity(uid, 0),
            "exec-1",
            "mock",
            "default",
            uid,
            at,
            true,
            evidence);
    decider.send(
        Topics.CLASSIFIED_ERRORS,
        GANG,
        new ClassifiedError(
            error,
            new Classification(
                new FailureInfo(exitCode, "", "main", category, "", List.of(category), ""),
                PodAction.RETAIN,
                "",
                null,
                false),
            "default",
            7,
            true,
            new FailureCounts(1, 1),
            FailureRates.UNKNOWN));
  }

  private List<DecisionRecord> aboutSets() {
    return decider.read(Topics.DECISIONS).stream()
        .map(TestRecord::value)
        .filter(decision -> decision.group() != null)
        .toList();
  }

  @Test
  void twoJobsWithOneReasonAreToldApartByTheCategoriesOfTheirPods() {
    job("uid-w0", "workers", 0, 0, T0.minusSeconds(3));
    job("uid-l", "leader", 0, 0, T0.minusSeconds(4));
    decider.pass(Duration.ofMillis(500));
    pod("uid-l", 74, "gpu", T0.minusSeconds(5));
    pod("uid-w0", 143, "", T0.minusSeconds(4));
    decider.pass(Duration.ofSeconds(2));

    List<DecisionRecord> decisions = aboutSets();
    assertThat(decisions).hasSize(1);
    DecisionRecord decision = decisions.get(0);
    GroupVerdict verdict = decision.group();
    assertThat(decision.advice()).isTrue();
    assertThat(decision.job().jobId()).isEqualTo("uid-l");
    assertThat(decision.decision().ruleName()).isEqualTo("hardware");
    assertThat(decision.decision().message()).contains("told apart by category gpu");
    assertThat(verdict.setId()).isEqualTo("set-1");
    assertThat(verdict.outcome()).isEqualTo(GroupOutcome.RESTART_ALL);
    assertThat(verdict.blamed()).isEqualTo("train-leader-0");
    assertThat(verdict.categories()).containsExactly("gpu");
    assertThat(verdict.collateral()).containsExactly("train-workers-0");
    assertThat(verdict.restarts()).isEqualTo(1);
    assertThat(verdict.counted()).isZero();
  }

  @Test
  void nothingButAdviceFollows() {
    job("uid-l", "leader", 0, 0, T0);
    pod("uid-l", 74, "gpu", T0);
    decider.pass(Duration.ofSeconds(3));

    assertThat(aboutSets()).hasSize(1);
    assertThat(decider.read(Topics.JOB_EVENTS)).isEmpty();
    assertThat(decider.read(Topics.RUN_REQUESTS)).isEmpty();
    assertThat(decider.read(Topics.EXECUTOR_COMMANDS)).isEmpty();
    assertThat(decider.read(Topics.JOB_ERRORS)).isEmpty();
  }

  @Test
  void whatIsToldAgainIsDecidedOnceAndTheNextGenerationByItself() {
    job("uid-l", "leader", 0, 0, T0);
    job("uid-l", "leader", 0, 0, T0);
    pod("uid-l", 74, "gpu", T0);
    decider.pass(Duration.ofSeconds(3));
    assertThat(aboutSets()).hasSize(1);

    job("uid-l", "leader", 0, 0, T0);
    job("uid-w1", "workers", 1, 0, T0.plusSeconds(1));
    decider.pass(Duration.ofMinutes(2));
    assertThat(aboutSets()).as("told again, or late").isEmpty();

    job("uid-l2", "leader", 0, 1, decider.now);
    pod("uid-l2", 1, "user-error", decider.now);
    decider.pass(Duration.ofSeconds(3));
    assertThat(aboutSets())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.group().generation()).isEqualTo(1);
              assertThat(decision.decision().ruleName()).isEqualTo("bug");
            });
  }

  @Test
  void whileAJobsPodsAreNotKnownItWaitsUpToTheLimit() {
    job("uid-l", "leader", 0, 0, T0);
    decider.pass(Duration.ofSeconds(10));
    assertThat(aboutSets()).isEmpty();

    decider.pass(Duration.ofSeconds(51));
    assertThat(aboutSets())
        .singleElement()
        .satisfies(decision -> assertThat(decision.group().categories()).isEmpty());
  }

  @Test
  void allOfItIsForgottenInTheEnd() {
    pod("uid-alone", 1, "user-error", T0);
    job("uid-l", "leader", 0, 0, T0);
    pod("uid-l", 74, "gpu", T0);
    decider.pass(Duration.ofSeconds(3));
    decider.pass(WatchedSets.REMEMBERED.plusSeconds(10));

    try (KeyValueIterator<String, byte[]> left =
        decider.driver.<String, byte[]>getKeyValueStore(DeciderTopology.WATCHED).all()) {
      assertThat(left).toIterable().extracting((KeyValue<String, byte[]> e) -> e.key).isEmpty();
    }
  }
}
