package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.status;
import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
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
import io.faultline.executor.cluster.StopCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that is busy, broken, away, or says things late. */
class ApiTroublesIT {

  private final MockApi api = new MockApi();
  private final KubernetesClient client = api.client();
  private final ScriptedKubelet kubelet = new ScriptedKubelet(api.client());
  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
  private final AtomicInteger pages = new AtomicInteger();
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

  private void create() throws PodRefused {
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Pending.class);
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
  void aServerThatIsBusyForAMomentIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault =
        request ->
            MockApi.isCreation(request) && asked.incrementAndGet() == 1
                ? MockApi.answer(429, "busy")
                : null;
    create();
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
    cluster.create(another);
    seen.awaits(another.runId(), Observation.Pending.class);
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
  void aPodThatWasMadeThoughTheAnswerWasLostIsMadeOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.fault = request -> lost(request, asked);
    create();
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

  @Test
  void aNameThatIsTakenBySomeoneElseReturnsTheLease() throws Exception {
    kubelet.foreign(order);
    assertRefused(PodRefused.Why.NOT_NOW, "is taken by a pod that is not ours");
    assertThat(PodMarks.annotation(kubelet.pod(order), PodMarks.RUN_ID)).isEmpty();
  }

  @Test
  void aStateOlderThanTheLastOneSeenChangesNothing() throws Exception {
    create();
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
    create();
    kubelet.start(kubelet.pod(order));
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.close();
    AtomicInteger watches = new AtomicInteger();
    AtomicBoolean vanished = new AtomicBoolean();
    // until it has gone: the mock server does not tell what came about between list and watch
    api.fault =
        request ->
            request.getPath().contains("watch=true")
                    && (watches.incrementAndGet() <= 2 || !vanished.get())
                ? MockApi.answer(410, "too old resource version")
                : null;
    seen = new Observations();
    Thread vanishing =
        new Thread(
            () -> {
              vanish(watches);
              vanished.set(true);
            });
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
    create();
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
    api.fault = request -> request.getPath().contains("/events") ? page(request, events) : null;
    kubelet.status(kubelet.pod(order), status("Failed").build());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.containers()).isEmpty();
    assertThat(evidence.events()).hasSize(50);
    assertThat(evidence.events().get(49).message()).isEqualTo("event 2999");
    assertThat(pages).hasValue(6);
  }

  /** Pages as a server gives them: so many as are asked for, and where to go on. */
  private MockResponse page(RecordedRequest request, List<Event> events) {
    int limit = parameter(request, "limit");
    int from = parameter(request, "continue");
    int to = Math.min(events.size(), from + limit);
    pages.incrementAndGet();
    return MockApi.json(
        200,
        new EventListBuilder()
            .withItems(events.subList(from, to))
            .withNewMetadata()
            .withContinue(to < events.size() ? Integer.toString(to) : null)
            .endMetadata()
            .build());
  }

  private static int parameter(RecordedRequest request, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=(\\d+)").matcher(request.getPath());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  @Test
  void aNameThatIsTakenByAnEarlierRunThatIsReportedIsFreed() throws Exception {
    create();
    kubelet.status(kubelet.pod(order), terminated(1, "Error", ""));
    seen.failure(order.runId());
    PodOrder next = PodOrders.named(order.request().podName());
    cluster.create(next);
    assertThat(seen.failure(next.runId()).podError()).contains("the pod of run " + order.runId());
    cluster.reported(order.runId());
    await().until(() -> !PodMarks.kept(kubelet.pod(order)));
    PodOrder last = PodOrders.named(order.request().podName());
    cluster.create(last);
    seen.awaits(last.runId(), Observation.Pending.class);
    assertThat(PodMarks.annotation(kubelet.pod(last), PodMarks.RUN_ID)).contains(last.runId());
  }

  @Test
  void anEndWithoutItsEventsIsStillTold() throws Exception {
    create();
    api.fault =
        request -> request.getPath().contains("/events") ? MockApi.answer(500, "broken") : null;
    kubelet.status(kubelet.pod(order), terminated(2, "Error", ""));
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.POD_FAILED);
  }
}
