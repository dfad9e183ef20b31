package io.faultline.server;

import static org.awaitility.Awaitility.await;

import io.faultline.server.submit.Outbox;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on real parts, with a database of its own, for the tests of one class. */
final class RunningServer implements BeforeAllCallback, AfterAllCallback {

  static final String POLICY =
      """
      # kept as written
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: %s
      retryLimit: %d
      defaultAction: Fail
      rules:
        - {action: Retry, onConditions: [Evicted]}
      """;

  static final String QUEUE =
      """
      apiVersion: faultline.io/v1
      kind: Queue
      name: %s
      """;

  static final String JOB_FILE =
      """
      queue: %s
      jobSetId: %s
      jobs:
        - priority: 1
          namespace: default
          clientId: my-id
          labels: {team: a}
          annotations: {note: "<b>bold</b>"}
          podSpec: {restartPolicy: Never, containers: [{name: main, image: "alpine:3.20", command: [sh, -c, "exit 74"]}]}
      """;

  String databaseUrl;
  private final Map<String, String> more;
  private ServerApp app;

  RunningServer() {
    this(Map.of());
  }

  /** One with further settings. */
  RunningServer(Map<String, String> more) {
    this.more = more;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    databaseUrl = TestParts.get().newDatabase();
    start(step -> {});
  }

  @Override
  public void afterAll(ExtensionContext context) {
    app.close();
  }

  void start(Consumer<Outbox.Step> submitStep) {
    app = new ServerApp(TestParts.get().settings(databaseUrl, more), submitStep);
    app.start();
    awaitReady(app);
  }

  void stop() {
    app.close();
  }

  static void awaitReady(ServerApp app) {
    await().pollInterval(Duration.ofMillis(50)).until(app::ready);
  }

  String url() {
    return app.url();
  }

  Client client() {
    return new Client(app.url(), TestParts.TOKEN);
  }

  Client stranger(String token) {
    return new Client(app.url(), token);
  }

  /** Writes a policy that says how often to try again. */
  Client.Answer putPolicy(String name, int limit, String... headers) {
    return client()
        .yaml("PUT", "/api/v1/retry-policies/" + name, POLICY.formatted(name, limit), headers);
  }
}
