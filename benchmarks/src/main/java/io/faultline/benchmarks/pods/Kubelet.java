package io.faultline.benchmarks.pods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts pods as soon as they are made, and ends them when told to. */
final class Kubelet implements AutoCloseable {

  private static final String RUNNING =
      """
      {"spec": {"nodeName": "node-1"}, "status": {"phase": "Running", "podIP": "10.0.0.1",
        "startTime": "NOW", "conditions": [
          {"type": "PodScheduled", "status": "True", "lastTransitionTime": "NOW"},
          {"type": "Initialized", "status": "True", "lastTransitionTime": "NOW"},
          {"type": "ContainersReady", "status": "True", "lastTransitionTime": "NOW"},
          {"type": "Ready", "status": "True", "lastTransitionTime": "NOW"}],
        "containerStatuses": [{"name": "main", "image": "registry.example/team/app:1.2.3",
          "imageID": "registry.example/team/app@sha256:0123456789abcdef", "ready": true,
          "restartCount": 0, "started": true, "state": {"running": {"startedAt": "NOW"}}}]}}
      """;
  private static final String FAILED =
      """
      {"status": {"phase": "Failed", "containerStatuses": [
        {"name": "main", "image": "registry.example/team/app:1.2.3", "ready": false,
         "state": {"terminated": {"exitCode": 74, "reason": "Error", "startedAt": "NOW",
           "finishedAt": "NOW", "message": "MESSAGE"}}}]}}
      """
          .replace("MESSAGE", "java.io.IOException: no space left on device; ".repeat(10));

  private static final JsonMapper JSON = new JsonMapper();

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final PodStore store = new PodStore(this::start);

  /** The pods that it looks after. */
  PodStore store() {
    return store;
  }

  private void start(String pod) {
    thread.execute(() -> patch(pod, RUNNING));
  }

  /** Has the pod end badly, at once. */
  void end(String pod) {
    patch(pod, FAILED);
  }

  private void patch(String pod, String change) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      store.patch(pod, JSON.readTree(change.replace("NOW", now)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
