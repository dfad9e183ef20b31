package io.faultline.domain.watched;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a Job's failed pods failed it. */
class PodsOfJobTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final JobIdentity JOB = new JobIdentity("uid", "research", "train", "ns/train");

  private static PodsOfJob job(String reason, String message, int failedPods, WatchedPod... pods) {
    return new PodsOfJob(
        new WatchedMember(
            JOB,
            new GroupMember("train-workers-0", "workers", 0),
            new Fence(1, 0),
            reason,
            message,
            null,
            T0.plusSeconds(100),
            false,
            failedPods),
        T0.plusSeconds(101),
        List.of(pods));
  }

  private static WatchedPod pod(String name, int second, EndedBy by) {
    return new WatchedPod(
        JOB,
        new RunIdentity(name, 0),
        name,
        EvidenceKind.POD_FAILED,
        List.of("category-of-" + name),
        7,
        by,
        T0.plusSeconds(second));
  }

  /** Pods are written as name, second, and what ended them: I itself, S a signal, P a peer. */
  @ParameterizedTest(name = "{0} that needs {1} of {2} is failed by {3}")
  @CsvSource({
    "BackoffLimitExceeded, 1, a1I, a, true",
    "BackoffLimitExceeded, 1, b2I a1I, a, true",
    "BackoffLimitExceeded, 3, a1I b2I c3I, c, true",
    "BackoffLimitExceeded, 2, a1I b2I c3I, b, true",
    "BackoffLimitExceeded, 3, a1I b2I, b, false",
    "BackoffLimitExceeded, 1, a1P b2I, b, true",
    "BackoffLimitExceeded, 1, a1P b1I, b, true",
    "BackoffLimitExceeded, 1, b2P a1P, a, true",
    "BackoffLimitExceeded, 2, a1I b2S, b, true",
    "FailedIndexes, 1, a1I b2I, a, true",
    "DeadlineExceeded, 0, a1I, a, true",
  })
  void theOneThatWasOneTooManyFailedIt(
      String reason, int needed, String pods, String culprit, boolean complete) {
    WatchedPod[] all =
        Arrays.stream(pods.split(" "))
            .map(
                p ->
                    pod(
                        p.substring(0, 1),
                        p.charAt(1) - '0',
                        p.endsWith("P")
                            ? EndedBy.LOST_PEER
                            : p.endsWith("S") ? EndedBy.SIGTERM : EndedBy.ITSELF))
            .toArray(WatchedPod[]::new);
    PodsOfJob job = job(reason, "", needed, all);

    assertThat(job.culprit().orElseThrow().podName()).isEqualTo(culprit);
    assertThat(job.complete()).isEqualTo(complete);
  }

  @ParameterizedTest
  @CsvSource({
    "Container main for pod ns/b failed with exit code 42 matching FailJob rule at index 1",
    "Pod ns/b has condition DisruptionTarget matching FailJob rule at index 0",
  })
  void theOneThatTheMessageNamesFailedIt(String message) {
    PodsOfJob unknown = job("PodFailurePolicy", message, 1, pod("a", 1, EndedBy.ITSELF));
    assertThat(unknown.complete()).isFalse();
    PodsOfJob known =
        job(
            "PodFailurePolicy",
            message,
            1,
            pod("a", 1, EndedBy.ITSELF),
            pod("b", 2, EndedBy.ITSELF));

    assertThat(known.complete()).isTrue();
    assertThat(known.member().failure().categories()).containsExactly("category-of-b");
  }

  @Test
  void itFailedWhenItsCulpritDidAndAsThatEnded() {
    FailedMember member =
        job("BackoffLimitExceeded", "m", 1, pod("a", 5, EndedBy.SIGTERM)).member();

    assertThat(member.failedAt()).isEqualTo(T0.plusSeconds(5));
    assertThat(member.endedBy()).isEqualTo(EndedBy.SIGTERM);
    assertThat(member.fence()).isEqualTo(new Fence(1, 0));
    assertThat(member.failure().message()).isEqualTo("m");
  }

  @Test
  void aClockThatIsAheadDoesNotMakeItFailLaterThanItsControllerFound() {
    assertThat(job("BackoffLimitExceeded", "", 1, pod("a", 900, EndedBy.ITSELF)).member())
        .extracting(FailedMember::failedAt)
        .isEqualTo(T0.plusSeconds(100));
  }

  @Test
  void aDeadlineIsNobodysDoingButItsOwn() {
    FailedMember member = job("DeadlineExceeded", "", 0, pod("a", 5, EndedBy.LOST_PEER)).member();

    assertThat(member.endedBy()).isEqualTo(EndedBy.ITSELF);
    assertThat(member.failedAt()).isEqualTo(T0.plusSeconds(100));
  }

  @Test
  void withoutAnyPodItIsWhatItsControllerSays() {
    PodsOfJob job = job("SomethingNew", "", 1);

    assertThat(job.culprit()).isEmpty();
    assertThat(job.member().failure().reason()).isNull();
    assertThat(job.member().failure().categories()).isEmpty();
    assertThat(job.member().endedBy()).isEqualTo(EndedBy.ITSELF);
  }
}
