package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.status;
import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.PodRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that is busy, broken, away, or says things late. */
class ApiTroublesIT {

  private final MockApi api = new MockApi();
  private final KubernetesClient client = Clients.open(api.config(), MockApi.settings());
  private final ScriptedKubelet kubelet =
      new ScriptedKubelet(Clients.open(api.config(), MockApi.settings()));
  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
  private Observations seen = new Observations();
  private KubernetesCluster cluster;

  @BeforeEach
  void open() throws Exception {
    kubelet.onlyScripts();
    cluster = api.cluster();
    cluster.watch(seen);
  }

  @AfterEach
  void close() {
    api.fault = request -> null;
    cluster.close();
    kubelet.close();
    client.close();
    api.close();
  }

  private static boolean creates(RecordedRequest request) {
    return request.getMethod().equals("POST") && request.getPath().endsWith("/pods");
  }

  private static MockResponse answer(int code, String message) {
    String body =
        new io.fabric8.kubernetes.client.utils.KubernetesSerialization()
            .asJson(
                new StatusBuilder()
                    .withStatus("Failure")
                    .withCode(code)
                    .withMessage(message)
                    .build());
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body);
  }

  private void onCreate(int code, String message) {
    api.fault = request -> creates(request) ? answer(code, message) : null;
  }

  private void assertRefused(PodRefused.Why why, String message) {
    assertThatThrownBy(() -> cluster.create(order))
        .isInstanceOfSatisfying(
            PodRefused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(why);
              assertThat(refused).hasMessageContaining(message);
            });
    assertThat(cluster.runs()).isEmpty();
    assertThat(cluster.room()).isEqualTo(cluster.capacity());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413, 422})
  void whatCanNeverBeMadeIsRejectedInTheServersWords(int code) {
    onCreate(code, "spec.volumes: no such thing");
    assertRefused(PodRefused.Why.NEVER, "spec.volumes: no such thing");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500, 503})
  void whatMayPassReturnsTheLease(int code) {
    onCreate(code, "not today");
    assertRefused(PodRefused.Why.NOT_NOW, "not today");
  }

  @Test
  void aNamespaceThatIsBeingDeletedReturnsTheLease() {
    onCreate(403, "unable to create new content in namespace x because it is being terminated");
    assertRefused(PodRefused.Why.NOT_NOW, "being terminated");
  }

  @Test
  void aServerThatDoesNotAnswerReturnsTheLease() {
    api.fault =
        request -> creates(request) ? new MockResponse().setBodyDelay(Duration.ofMinutes(1)) : null;
    assertRefused(PodRefused.Why.NOT_NOW, "was not made");
  }

  @Test
  void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault =
        request -> creates(request) && asked.incrementAndGet() == 1 ? answer(429, "busy") : null;
    cluster.create(order);
    assertThat(asked).hasValue(2);
    assertThat(kubelet.pod(order)).isNotNull();
  }

  @Test
  void aPodThatWasMadeThoughTheAnswerWasLostIsMadeOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault = request -> lost(request, asked);
    cluster.create(order);
    assertThat(cluster.runs()).containsExactly(order.runId());
    assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(1);
  }

  private @Nullable MockResponse lost(RecordedRequest request, AtomicInteger asked) {
    if (!creates(request) || asked.incrementAndGet() > 1) {
      return null;
    }
    api.answer(request);
    return answer(500, "the answer is lost");
  }

  @Test
  void aNameThatIsTakenBySomeoneElseReturnsTheLease() {
    kubelet.foreign(order);
    assertRefused(PodRefused.Why.NOT_NOW, "is taken by a pod that is not ours");
    assertThat(PodMarks.annotation(kubelet.pod(order), PodMarks.RUN_ID)).isEmpty();
  }

  @Test
  void aStateOlderThanTheLastOneSeenChangesNothing() throws Exception {
    cluster.create(order);
    Pod early = kubelet.bind(kubelet.pod(order));
    kubelet.start(early);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.seen(
        new PodBuilder(early)
            .editMetadata()
            .withResourceVersion("1")
            .endMetadata()
            .withStatus(terminated(9, "Error", "long ago"))
            .build());
    kubelet.status(kubelet.pod(order), terminated(3, "Error", "now"));
    assertThat(seen.failure(order.runId()).containers().get(0).termination().exitCode())
        .isEqualTo(3);
  }

  @Test
  void aPodDeletedBetweenListAndAWatchThatIsGoneIsMissing() throws Exception {
    cluster.create(order);
    kubelet.start(kubelet.pod(order));
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.close();
    AtomicInteger watches = new AtomicInteger();
    api.fault =
        request ->
            request.getPath().contains("watch=true") && watches.incrementAndGet() <= 2
                ? answer(410, "too old resource version")
                : null;
    seen = new Observations();
    Thread vanishing = new Thread(() -> vanish(watches));
    vanishing.start();
    cluster = api.cluster();
    cluster.watch(seen);
    vanishing.join();
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
    assertThat(watches.get()).isGreaterThan(2);
  }

  private void vanish(AtomicInteger watches) {
    await().until(() -> watches.get() > 0);
    kubelet.edit(
        order,
        p -> new PodBuilder(p).editMetadata().withFinalizers(List.of()).endMetadata().build());
    client.pods().inNamespace("default").withName(order.request().podName()).delete();
  }

  @Test
  void ofThousandsOfEventsTheNewestAreKept() throws Exception {
    cluster.create(order);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      events.add(
          new EventBuilder()
              .withType("Warning")
              .withReason("BackOff")
              .withMessage("event " + i)
              .withLastTimestamp(
                  java.time.Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i).toString())
              .build());
    }
    String body =
        client
            .getKubernetesSerialization()
            .asJson(new EventListBuilder().withItems(events).build());
    api.fault =
        request ->
            request.getPath().contains("/events")
                ? new MockResponse()
                    .setResponseCode(200)
                    .setHeader("Content-Type", "application/json")
                    .setBody(body)
                : null;
    kubelet.status(kubelet.pod(order), status("Failed").build());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.containers()).isEmpty();
    assertThat(evidence.events()).hasSize(50);
    assertThat(evidence.events().get(49).message()).isEqualTo("event 2999");
  }

  @Test
  void anEndWithoutItsEventsIsStillTold() throws Exception {
    cluster.create(order);
    api.fault = request -> request.getPath().contains("/events") ? answer(500, "broken") : null;
    kubelet.status(kubelet.pod(order), terminated(2, "Error", ""));
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.POD_FAILED);
  }
}
