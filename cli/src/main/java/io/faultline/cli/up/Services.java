package io.faultline.cli.up;

import io.faultline.app.App;
import io.faultline.app.SettingsReader;
import io.faultline.classifier.ClassifierApp;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderApp;
import io.faultline.decider.DeciderSettings;
import io.faultline.executor.ExecutorApp;
import io.faultline.executor.ExecutorSettings;
import io.faultline.ingester.IngesterApp;
import io.faultline.ingester.IngesterSettings;
import io.faultline.server.ServerApp;
import io.faultline.server.ServerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes each service as its own {@code Main} would, from settings that fit the embedded parts.
 *
 * @param jobs the executor's settings that say where jobs run, and the decider's that were given
 */
record Services(Endpoints at, String token, Path data, Map<String, String> jobs) {

  /**
   * Where the embedded parts are.
   *
   * @param kafka bootstrap servers
   * @param registry the registry's address
   * @param jdbcUrl PostgreSQL's
   */
  record Endpoints(String kafka, String registry, String jdbcUrl) {}

  App classifier() {
    return new ClassifierApp(ClassifierSettings.read(checked("classifier-stream", Map.of())));
  }

  App decider() {
    Map<String, String> own = WhereJobsRun.ofDecider(jobs);
    own.putIfAbsent("retryPolicy.enabled", "true");
    return new DeciderApp(DeciderSettings.read(checked("retry-decider", own)));
  }

  App ingester() {
    return new IngesterApp(
        IngesterSettings.read(checked("lookout-ingester", Map.of("postgres.url", at.jdbcUrl()))));
  }

  App executor() {
    Map<String, String> own = WhereJobsRun.ofExecutor(jobs);
    own.put("executor.stopRunsOnClose", "true");
    return new ExecutorApp(ExecutorSettings.read(checked("ingest-executor", own)));
  }

  ServerApp server(int port) {
    return new ServerApp(
        ServerSettings.read(
            checked(
                "lookout-server",
                Map.of(
                    "postgres.url", at.jdbcUrl(),
                    "server.bootstrapToken", token,
                    "http.port", Integer.toString(port)))));
  }

  private SettingsReader checked(String service, Map<String, String> own) {
    Map<String, String> settings = new TreeMap<>(own);
    settings.put("kafka.bootstrap.servers", at.kafka());
    settings.put("schema.registry.url", at.registry());
    settings.put("instance.id", "up");
    settings.put("state.dir", data.resolve("state").resolve(service).toString());
    settings.put("http.token", token);
    return SettingsReader.of(settings);
  }
}
