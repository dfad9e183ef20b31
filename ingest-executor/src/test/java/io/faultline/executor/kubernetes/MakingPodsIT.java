package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.StopCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods are made once, or told of as not made, whatever the API server answers. */
class MakingPodsIT extends OnMockApi {

  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));

  @BeforeEach
  void begin() throws Exception {
    open();
  }

  private void onCreate(int code, String message) {
    api.fault = request -> MockApi.isCreation(request) ? MockApi.answer(code, message) : null;
  }

  private void assertRefused(PodRefused.Why why, String message) throws PodRefused {
    cluster.create(order);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(new PodRefused(why, "").evidence().kind());
    assertThat(evidence.podError()).contains(message);
    assertThat(seen.of(order.runId())).hasSize(1);
    cluster.reported(order.runId());
    assertThat(cluster.runs()).isEmpty();
    api.fault = request -> null;
    await().untilAsserted(() -> assertThat(cluster.room().runs()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413, 422})
  void whatCanNeverBeMadeIsRejectedInTheServersWords(int code) throws Exception {
    onCreate(code, "spec.volumes: no such thing");
    assertRefused(PodRefused.Why.NEVER, "spec.volumes: no such thing");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500, 503})
  void whatMayPassReturnsTheLease(int code) throws Exception {
    onCreate(code, "not today");
    assertRefused(PodRefused.Why.NOT_NOW, "not today");
  }

  @Test
  void aNamespaceThatIsBeingDeletedReturnsTheLease() throws Exception {
    onCreate(403, "unable to create new content in namespace x because it is being terminated");
    assertRefused(PodRefused.Why.NOT_NOW, "being terminated");
  }

  @Test
  void aServerThatDoesNotAnswerReturnsTheLease() throws Exception {
    api.fault =
        request ->
            MockApi.isCreation(request)
                ? new MockResponse().setBodyDelay(Duration.ofMinutes(1))
                : null;
    assertRefused(PodRefused.Why.NOT_NOW, "was not made");
  }

  @Test
  void aNameThatIsTakenBySomeoneElseReturnsTheLease() throws Exception {
    kubelet.foreign(order);
    assertRefused(PodRefused.Why.NOT_NOW, "is taken by a pod that is not ours");
    assertThat(PodMarks.annotation(kubelet.pod(order), PodMarks.RUN_ID)).isEmpty();
  }

  @Test
  void aNameThatIsTakenByAnEarlierRunThatIsReportedIsFreed() throws Exception {
    create(order);
    kubelet.status(kubelet.pod(order), terminated(1, "Error", ""));
    seen.failure(order.runId());
    PodOrder next = PodOrders.named(order.request().podName());
    cluster.create(next);
    assertThat(seen.failure(next.runId()).podError()).contains("the pod of run " + order.runId());
    cluster.reported(order.runId());
    await().until(() -> !PodMarks.kept(kubelet.pod(order)));
    PodOrder last = PodOrders.named(order.request().podName());
    create(last);
    assertThat(PodMarks.annotation(kubelet.pod(last), PodMarks.RUN_ID)).contains(last.runId());
  }

  @Test
  void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault =
        request ->
            MockApi.isCreation(request) && asked.incrementAndGet() == 1
                ? MockApi.answer(429, "busy")
                : null;
    create(order);
    assertThat(asked).hasValue(2);
    assertThat(kubelet.pod(order)).isNotNull();
  }

  @Test
  void nothingIsClaimedWhileTheServerIsBusyAndItIsLeftAloneForAsLongAsItSays() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault =
        request -> {
          if (!MockApi.isCreation(request)) {
            return null;
          }
          asked.incrementAndGet();
          return MockApi.answer(429, "busy").setHeader("Retry-After", "300");
        };
    cluster.create(order);
    await().until(() -> cluster.backoff().compareTo(Duration.ofSeconds(200)) > 0);
    assertThat(cluster.room().runs()).isZero();
    PodOrder another = PodOrders.of(PodOrders.shell("exit 1"));
    cluster.create(another);
    cluster.stop(another.runId(), StopCause.COMMAND);
    assertThat(seen.end(another.runId())).isInstanceOf(Observation.Stopped.class);
    assertThat(asked).hasValue(1);
    assertThat(cluster.runs()).contains(order.runId());
  }

  @Test
  void oneRunIsClaimedUntilAPodCouldBeMadeAgain() throws Exception {
    onCreate(500, "failed calling webhook");
    cluster.create(order);
    seen.failure(order.runId());
    await().until(() -> cluster.room().runs() > 0);
    assertThat(cluster.room().runs()).isEqualTo(1);
    api.fault = request -> null;
    PodOrder another = PodOrders.of(PodOrders.shell("exit 1"));
    create(another);
    await().until(() -> cluster.room().runs() > 1);
  }

  @Test
  void whoeverClaimsDoesNotWaitForTheServer() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    api.fault =
        request -> {
          if (MockApi.isCreation(request)) {
            awaits(answers);
          }
          return null;
        };
    cluster.create(order);
    assertThat(cluster.runs()).containsExactly(order.runId());
    assertThat(seen.of(order.runId())).isEmpty();
    answers.countDown();
    seen.awaits(order.runId(), Observation.Pending.class);
  }

  @Test
  void afterAJobWhoseSpecHasNullsTheNextOnesPodIsMade() throws Exception {
    PodOrder refused = PodOrders.of("{\"containers\":[null]}");
    PodOrder empty = PodOrders.of(PodOrders.shell("exit 1", "", ",\"initContainers\":null"));
    PodOrder terms =
        PodOrders.of(
            PodOrders.shell(
                "exit 1",
                "",
                ",\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":"
                    + "{\"nodeSelectorTerms\":null}}}"),
            new RunMutations(List.of("a"), List.of(), List.of()));
    List<String> claimed = claimed(List.of(refused, empty, terms, order));
    assertThat(claimed).containsExactly(empty.runId(), terms.runId(), order.runId());
    assertThat(kubelet.pod(refused)).isNull();
    assertThat(kubelet.pod(empty)).isNotNull();
    assertThat(kubelet.pod(order)).isNotNull();
  }

  /** Weighs orders and has their pods made in turn, as whoever claims does; those that were. */
  private List<String> claimed(List<PodOrder> orders) {
    List<String> claimed = new ArrayList<>();
    for (PodOrder each : orders) {
      try {
        assertThat(cluster.needs(each).runs()).isEqualTo(1);
        create(each);
        claimed.add(each.runId());
      } catch (PodRefused e) {
        assertThat(e).hasMessageContaining("spec.containers[0]: is null");
      }
    }
    return claimed;
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRunWhoseLeaseIsLostBeforeItsPodIsMadeIsNeverMade() throws Exception {
    api.fault = request -> MockApi.isCreation(request) ? MockApi.answer(429, "busy") : null;
    cluster.create(order);
    cluster.stop(order.runId(), StopCause.LEASE_LOST);
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.LEASE_EXPIRED);
    api.fault = request -> null;
    cluster.reported(order.runId());
    assertThat(cluster.runs()).isEmpty();
    assertThat(kubelet.pod(order)).isNull();
  }

  @Test
  void aRunThatMakesRoomBeforeItsPodIsMadeIsNeverMade() throws Exception {
    api.fault = request -> MockApi.isCreation(request) ? MockApi.answer(429, "busy") : null;
    cluster.create(order);
    cluster.stop(order.runId(), StopCause.PREEMPTED, "executor e is drained");
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.PREEMPTED);
    assertThat(seen.failure(order.runId()).podMessage()).isEqualTo("executor e is drained");
    api.fault = request -> null;
    cluster.reported(order.runId());
    assertThat(cluster.runs()).isEmpty();
    assertThat(kubelet.pod(order)).isNull();
  }

  @Test
  void aPodThatWasMadeThoughTheAnswerWasLostIsMadeOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault = request -> lost(request, asked);
    create(order);
    assertThat(cluster.runs()).containsExactly(order.runId());
    assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(1);
  }

  private @Nullable MockResponse lost(RecordedRequest request, AtomicInteger asked) {
    if (!MockApi.isCreation(request) || asked.incrementAndGet() > 1) {
      return null;
    }
    api.answer(request);
    return MockApi.answer(500, "the answer is lost");
  }
}
