package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.PodRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Watches that say nothing, say it late, expire or break, and an API server that comes back. */
class WatchesIT extends OnMockApi {

  private static final String GONE =
      """
      {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure",
        "code": 410, "reason": "Expired", "message": "too old resource version: 1 (2)"}}
      """;

  private final BlockingQueue<WebSocket> mute = new LinkedBlockingQueue<>();

  private PodOrder running(String namespace) throws Exception {
    PodOrder order = PodOrders.in(namespace, PodOrders.shell("exit 1"));
    create(order);
    kubelet.start(kubelet.pod(order));
    return order;
  }

  private static boolean watches(RecordedRequest request) {
    return MockApi.isExecutors(request) && request.getPath().contains("watch=true");
  }

  /** A watch that says nothing but what a test has it say. */
  private MockResponse muteWatch() {
    return new MockResponse()
        .withWebSocketUpgrade(
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket socket, Response response) {
                mute.add(socket);
              }

              @Override
              public void onClosing(WebSocket socket, int code, String reason) {
                socket.close(code, reason); // else the server's own end waits for this one's
              }
            });
  }

  /** Says that the watch is too old, and ends it, as API servers do. */
  private void expire() {
    mute.element().send(GONE);
    mute.element().close(1000, "");
  }

  private void endUnseen(PodOrder order, int code) {
    kubelet.status(kubelet.pod(order), terminated(code, "Error", ""));
  }

  @Test
  void aWatchThatExpiresInMidLifeIsFollowedByAList() throws Exception {
    api.fault = request -> watches(request) && mute.isEmpty() ? muteWatch() : null;
    open();
    PodOrder order = running("default");
    endUnseen(order, 5);
    expire();
    assertThat(seen.failure(order.runId()).containers().get(0).termination().exitCode())
        .isEqualTo(5);
  }

  @Test
  void aPodThatCameAndWentWhileTheWatchWasMuteIsMissing() throws Exception {
    api.fault = request -> watches(request) && mute.isEmpty() ? muteWatch() : null;
    open();
    PodOrder order = running("default");
    vanish(order);
    expire();
    api.ahead = Duration.ofSeconds(30);
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
  }

  @Test
  void aPodThatWentWhileTheWatchWasMuteIsMissing() throws Exception {
    open();
    PodOrder order = running("default");
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.close();
    api.fault = request -> watches(request) && mute.isEmpty() ? muteWatch() : null;
    open();
    vanish(order);
    expire();
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
  }

  @Test
  void aPodDeletedBetweenListAndAWatchThatIsGoneIsMissing() throws Exception {
    open();
    PodOrder order = running("default");
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.close();
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean vanished = new AtomicBoolean();
    // until it has gone: the mock server does not tell what came about between list and watch
    api.fault =
        request ->
            watches(request) && (asked.incrementAndGet() <= 2 || !vanished.get())
                ? MockApi.answer(410, "too old resource version")
                : null;
    Thread vanishing =
        new Thread(
            () -> {
              await().until(() -> asked.get() > 0);
              vanish(order);
              vanished.set(true);
            });
    vanishing.start();
    open();
    vanishing.join();
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
    assertThat(asked.get()).isGreaterThan(2);
  }

  @Test
  void aStateOlderThanTheLastOneSeenChangesNothing() throws Exception {
    open();
    PodOrder order = running("default");
    Pod early = kubelet.pod(order);
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
  void aServerThatIsRestartedIsFollowedAgainAndNothingIsClaimedMeanwhile() throws Exception {
    open();
    PodOrder before = running("default");
    seen.awaits(before.runId(), Observation.Running.class);
    api.stop();
    await().until(() -> cluster.room().runs() == 0);
    PodOrder meanwhile = PodOrders.of(PodOrders.shell("exit 1"));
    cluster.create(meanwhile);
    assertThat(seen.failure(meanwhile.runId()).podError()).contains("was not made");
    api.restart();
    endUnseen(before, 6);
    assertThat(seen.failure(before.runId()).containers().get(0).termination().exitCode())
        .isEqualTo(6);
    await().atMost(Duration.ofSeconds(30)).until(() -> cluster.room().runs() > 0);
    PodOrder after = running("default");
    seen.awaits(after.runId(), Observation.Running.class);
    await().until(() -> cluster.room().runs() > 1);
  }

  @Test
  void podsAreMadeAndSeenInEachOfSomeNamespacesAndNowhereElse() throws Exception {
    open("one", "two");
    for (String namespace : List.of("one", "two")) {
      PodOrder order = running(namespace);
      seen.awaits(order.runId(), Observation.Running.class);
      endUnseen(order, 1);
      seen.failure(order.runId());
    }
    PodOrder elsewhere = PodOrders.in("three", PodOrders.shell("exit 1"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> cluster.create(elsewhere))
        .isInstanceOf(PodRefused.class)
        .hasMessage("namespace 'three'; allowed here: one, two");
  }

  @Test
  void aNamespaceThatIsBeingDeletedStopsNoOther() throws Exception {
    api.fault =
        request ->
            watches(request) && request.getPath().contains("/two/") && mute.isEmpty()
                ? muteWatch()
                : null;
    open("one", "two");
    PodOrder doomed = running("two");
    api.fault =
        request ->
            MockApi.isExecutors(request) && request.getPath().contains("/two/")
                ? MockApi.answer(403, "namespace two is forbidden because it is being terminated")
                : null;
    expire();
    PodOrder refused = PodOrders.in("two", PodOrders.shell("exit 1"));
    cluster.create(refused);
    assertThat(seen.failure(refused.runId()).podError()).contains("being terminated");
    PodOrder other = running("one");
    endUnseen(other, 7);
    assertThat(seen.failure(other.runId()).containers().get(0).termination().exitCode())
        .isEqualTo(7);
    assertThat(cluster.room().runs()).isPositive();
    endUnseen(doomed, 8);
    api.fault = request -> null;
    assertThat(seen.failure(doomed.runId()).containers().get(0).termination().exitCode())
        .isEqualTo(8);
  }
}
