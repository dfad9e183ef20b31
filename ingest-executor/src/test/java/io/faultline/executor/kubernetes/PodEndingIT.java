package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.mockwebserver.http.MockResponse;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a pod that goes just then. */
class PodEndingIT extends OnMockApi {

  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
  private final KubernetesSettings settings = MockApi.settings();
  private final PodApi asked =
      new PodApi(client, 10_000, KubernetesCluster.backoff(MockApi.settings()));
  private final PodEnding ending = new PodEnding(asked, settings);
  private final AtomicInteger patches = new AtomicInteger();
  private Pod pod;
  private TrackedPod run;

  @BeforeEach
  void begin() throws Exception {
    open();
    create(order);
    pod = kubelet.pod(order);
    run = TrackedPod.found(order.runId(), pod);
    run.update(pod);
  }

  private void onPatch(MockResponse answer) {
    api.fault =
        request -> {
          if (!request.getMethod().equals("PATCH")) {
            return null;
          }
          patches.incrementAndGet();
          return answer;
        };
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  void aChangeThatLeavesNoPodIsAsIfThePodWasNotThere(String body) {
    onPatch(new MockResponse().setResponseCode(200).setBody(body));
    assertThatThrownBy(() -> asked.release(pod))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    assertThatThrownBy(() -> asked.annotate(pod, Map.of("a", "b")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    assertThat(patches).hasValue(2);
    assertThat(asked.pause()).isZero();
  }

  @Test
  void aPodThatIsGoneWhenItIsToBeLetGoIsLeftToTheWatch() {
    onPatch(new MockResponse().setResponseCode(200).setBody(""));
    run.told = Told.END;
    run.reported = true;
    ending.act(run, new PodView(pod), Instant.now());
    assertThat(patches).hasValue(1);
    assertThat(run.latest().getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
  }

  @Test
  void aPodThatIsGoneWhenItIsToEndIsLeftToTheWatch() {
    onPatch(new MockResponse().setResponseCode(200).setBody(""));
    ending.end(run, new PodView(pod), EndCause.COMMAND, "");
    assertThat(patches).hasValue(1);
    assertThat(run.askedToEnd).isNull();
  }
}
