package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Somebody else's controller and kubelet on a mock API server, and what an executor asked there.
 */
final class OthersApi implements AutoCloseable {

  private static final String THEIRS = "example.com/theirs";

  private final MockApi api;
  private final KubernetesClient client;
  private final Set<String> ours = new HashSet<>();

  OthersApi(MockApi api) {
    this.api = api;
    this.client = api.client();
  }

  Pod pod(ObjectMeta meta) {
    return client
        .resource(
            new PodBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withNodeName(ScriptedKubelet.NODE)
                .addNewContainer()
                .withName("main")
                .withImage("app:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private PodResource at(Pod pod) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName());
  }

  void edit(Pod pod, UnaryOperator<Pod> change) {
    at(pod).edit(change);
  }

  void createdAt(Pod pod, Instant at) {
    edit(
        pod,
        p ->
            new PodBuilder(p)
                .editMetadata()
                .withCreationTimestamp(at.toString())
                .endMetadata()
                .build());
  }

  void status(Pod pod, PodStatus status) {
    at(pod).editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  void delete(Pod pod) {
    at(pod).delete();
  }

  /** Deletes a pod that a finalizer of its maker's keeps, as Jobs have it. */
  void beginDeletion(Pod pod) {
    edit(pod, p -> new PodBuilder(p).editMetadata().addToFinalizers(THEIRS).endMetadata().build());
    delete(pod);
  }

  void release(Pod pod) {
    edit(
        pod, p -> new PodBuilder(p).editMetadata().withFinalizers(List.of()).endMetadata().build());
    at(pod).delete();
  }

  Pod named(String name) {
    return client.pods().inNamespace("default").withName(name).get();
  }

  /** What is asked of this pod is asked of one of ours. */
  void ours(Pod pod) {
    ours.add(pod.getMetadata().getName());
  }

  /** Everything but reading that an executor asked of pods that are not its own. */
  List<String> writes() {
    return api.asked().stream()
        .filter(MockApi::isExecutors)
        .filter(request -> !request.getMethod().equals("GET"))
        .filter(request -> !MockApi.isCreation(request) || ours.isEmpty())
        .map(request -> request.getMethod() + " " + request.getPath())
        .filter(asked -> ours.stream().noneMatch(asked::contains))
        .toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
