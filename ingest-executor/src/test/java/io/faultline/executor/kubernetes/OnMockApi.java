package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests of a cluster on a mock API server, whose kubelet does only what a test says. */
abstract class OnMockApi {

  final MockApi api = new MockApi();
  final KubernetesClient client = api.client();
  final ScriptedKubelet kubelet = new ScriptedKubelet(api.client());
  final Observations seen = new Observations();
  KubernetesCluster cluster;

  /** Opens the cluster, as a new executor does, for some namespaces or for all. */
  final void open(String... namespaces) throws Exception {
    kubelet.onlyScripts();
    cluster = api.cluster(List.of(namespaces));
    cluster.watch(seen);
  }

  @AfterEach
  final void close() {
    api.fault = request -> null;
    cluster.close();
    kubelet.close();
    client.close();
    api.close();
  }

  /** Has a pod made, and returns once it was. */
  final void create(PodOrder order) throws PodRefused {
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Pending.class);
  }

  /** Has a pod run, and returns once that was told. */
  final void start(PodOrder order) {
    kubelet.start(kubelet.pod(order));
    seen.awaits(order.runId(), Observation.Running.class);
  }

  /** Has a pod go at once, whatever keeps it. */
  final void vanish(PodOrder order) {
    kubelet.edit(
        order,
        p -> new PodBuilder(p).editMetadata().withFinalizers(List.of()).endMetadata().build());
    delete(order);
  }

  /** Deletes a pod, as anyone may; its finalizer keeps it. */
  final void delete(PodOrder order) {
    client.resource(kubelet.pod(order)).delete();
  }
}
