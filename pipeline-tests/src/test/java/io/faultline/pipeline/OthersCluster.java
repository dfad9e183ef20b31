package io.faultline.pipeline;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

/** A mock API server where somebody else's pods fail; it remembers who wrote what. */
final class OthersCluster implements AutoCloseable {

  private static final ResourceDefinitionContext JOB_SETS =
      new ResourceDefinitionContext.Builder()
          .withGroup("jobset.x-k8s.io")
          .withVersion("v1alpha2")
          .withKind("JobSet")
          .withPlural("jobsets")
          .withNamespaced(true)
          .build();

  private final Queue<String> writes = new ConcurrentLinkedQueue<>();
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  OthersCluster() {
    Map<ServerRequest, Queue<ServerResponse>> expected = new HashMap<>();
    Dispatcher crud = new KubernetesMixedDispatcher(expected);
    Dispatcher remembering =
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if ("faultline-executor".equals(request.getHeader("User-Agent"))
                && !request.getMethod().equals("GET")) {
              writes.add(request.getMethod() + " " + request.getPath());
            }
            return crud.dispatch(request);
          }
        };
    server =
        new KubernetesMockServer(new Context(), new MockWebServer(), expected, remembering, false);
    server.init();
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(server.url("/")).build())
            .build();
  }

  /** A pod that has failed just now. */
  void fail(String name, Map<String, String> labels, int code) {
    fail(name, labels, code, Instant.now());
  }

  /** A pod that has failed. */
  void fail(String name, Map<String, String> labels, int code, Instant at) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-1")
            .addNewContainer()
            .withName("main")
            .withImage("app:1")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase("Failed")
            .addNewContainerStatus()
            .withName("main")
            .withState(
                new ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(code)
                    .withReason("Error")
                    .withFinishedAt(at.toString())
                    .endTerminated()
                    .build())
            .endContainerStatus()
            .endStatus()
            .build();
    client.resource(pod).create();
  }

  /** A JobSet as its manifest has it. */
  void jobSet(String manifest) {
    client
        .genericKubernetesResources(JOB_SETS)
        .inNamespace("default")
        .resource(
            client
                .getKubernetesSerialization()
                .unmarshal(manifest, GenericKubernetesResource.class))
        .create();
  }

  /** A Job of a JobSet that its controller found to have failed; gives its UID. */
  String failedJob(String set, String replicatedJob, int generation, String reason) {
    String name = set + "-" + replicatedJob + "-0";
    Map<String, String> labels =
        Map.of(
            "jobset.sigs.k8s.io/jobset-name",
            set,
            "jobset.sigs.k8s.io/replicatedjob-name",
            replicatedJob,
            "jobset.sigs.k8s.io/job-index",
            "0",
            "jobset.sigs.k8s.io/restart-attempt",
            Integer.toString(generation));
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(0)
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .withReason(reason)
            .withMessage("Job has reached the specified backoff limit")
            .withLastTransitionTime(Instant.now().toString())
            .endCondition()
            .endStatus()
            .build();
    return client.resource(job).create().getMetadata().getUid();
  }

  List<Pod> pods() {
    return client.pods().inAnyNamespace().list().getItems();
  }

  /** What executors asked for besides reading. */
  List<String> writesOfExecutors() {
    return List.copyOf(writes);
  }

  Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: mock
        contexts: [{name: mock, context: {cluster: mock, user: mock, namespace: default}}]
        clusters: [{name: mock, cluster: {server: "SERVER"}}]
        users: [{name: mock, user: {token: none}}]
        """
            .replace("SERVER", server.url("/")));
  }

  /** fabric8's server may wait in vain for a client to answer that a watch is closed. */
  @Override
  public void close() {
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }
}
