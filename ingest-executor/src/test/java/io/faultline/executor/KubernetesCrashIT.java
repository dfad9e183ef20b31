package io.faultline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.job.RunRequest;
import io.faultline.executor.kubernetes.MockApi;
import io.faultline.executor.kubernetes.ScriptedKubelet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are pods outlive the executor; so does the API server, which lives in the test. */
class KubernetesCrashIT extends CrashContract {

  private static final int RUNS = 6;

  /** What the executor is just asking of the API server when it is killed. */
  enum Step {
    /** Its claim is committed, and its pod is not there. */
    MAKING("POST", "/pods", false),
    /** Its pod is there, and nobody was told. */
    MADE("POST", "/pods", true),
    /** Its end is seen, and not reported. */
    END_SEEN("GET", "/events", true),
    /** Its end is reported, and the pod is still kept. */
    DELETING("DELETE", "/pods", false),
    DELETED("DELETE", "/pods", true),
    RELEASING("PATCH", "/pods", false),
    RELEASED("PATCH", "/pods", true);

    private final String method;
    private final String path;

    /** Whether the server does as asked before the executor is killed. */
    private final boolean done;

    Step(String method, String path, boolean done) {
      this.method = method;
      this.path = path;
      this.done = done;
    }

    boolean isAsked(RecordedRequest request) {
      return request.getMethod().equals(method) && request.getPath().contains(path);
    }
  }

  private final MockApi api = new MockApi();
  private final ScriptedKubelet kubelet = new ScriptedKubelet(api.client());

  @AfterEach
  void closeApi() {
    api.fault = request -> null;
    kubelet.close();
    api.close();
  }

  @Override
  Map<String, String> settings() throws Exception {
    return Map.of(
        "executor.local.enabled",
        "false",
        "executor.kubernetes.enabled",
        "true",
        "executor.kubernetes.kubeconfig",
        api.kubeconfig(directory).toString(),
        "executor.kubernetes.namespaces",
        "default",
        "executor.kubernetes.keepFailed",
        "0s");
  }

  @Override
  String pod(Duration lasts, int code) {
    return ScriptedKubelet.ends(lasts, code);
  }

  @Override
  List<String> started() {
    return api.made();
  }

  /** Every finalizer has gone, so that every pod could. */
  @Override
  void assertNothingIsLeft() {
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(kubelet.pods()).isEmpty());
    assertThat(kubelet.started()).containsOnly(1);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void whateverItWasJustAskingForIsDoneOnce(Step step) throws Exception {
    CountDownLatch killed = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    api.fault = request -> killAt(step, request, asked, killed);
    startExecutor();
    Map<RunRequest, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < RUNS; i++) {
      expected.put(world.ask(pod(Duration.ofMillis(50L * i), 1 + i)), 1 + i);
    }
    assertThat(killed.await(2, TimeUnit.MINUTES)).as("it comes to " + step).isTrue();
    api.fault = request -> null;
    startExecutor();
    assertEachStartsAndEndsOnce(expected, step.name());
  }

  /** Kills in the midst of the runs: some are further, some have not begun. */
  private @Nullable MockResponse killAt(
      Step step, RecordedRequest request, AtomicInteger asked, CountDownLatch killed) {
    if (!step.isAsked(request)
        || !MockApi.isExecutors(request)
        || asked.incrementAndGet() != RUNS / 2) {
      return null;
    }
    try {
      MockResponse answer = step.done ? api.answer(request) : null;
      killExecutor();
      killed.countDown();
      return answer == null ? new MockResponse().setResponseCode(503) : answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
