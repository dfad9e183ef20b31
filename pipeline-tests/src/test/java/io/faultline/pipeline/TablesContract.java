package io.faultline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.app.App;
import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.KafkaAt;
import io.faultline.classifier.ClassifierApp;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderApp;
import io.faultline.decider.DeciderSettings;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.rules.json.ClassificationJson;
import io.faultline.rules.json.DecisionJson;
import io.faultline.rules.json.EvidenceReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of the tables of rules that need no more than one failure, through the running
 * classifier and decider: each row has a queue with categories and a policy of its own.
 */
abstract class TablesContract {

  private static final Path TABLES =
      Path.of("..", "rule-files", "src", "test", "resources", "io", "faultline", "rules");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a row of the table of policies may say to need one failure of a new job only. */
  private static final Set<String> PLAIN = Set.of("says", "policy", "failure", "expect");

  /** What a row may say of a failure that no executor reports, but the streams find out. */
  private static final Set<String> NOT_REPORTED =
      Set.of("category", "subcategory", "fatal", "job", "run", "counts", "rates", "history");

  private long revision;

  /** A broker and a registry, closed by the caller. */
  protected abstract KafkaAt kafka();

  @Test
  void everySentenceHoldsInTheRunningStreams(@TempDir Path state) throws Exception {
    List<YamlMap> kinds =
        rows("categories/classify-table.yaml")
            .filter(row -> row.find("refused").isEmpty() && row.find("pod").isEmpty())
            // the forms that only a file can have end where the file is read
            .filter(row -> row.find("file").isEmpty())
            .toList();
    List<YamlMap> policies =
        rows("policy/retry-table.yaml")
            .filter(row -> PLAIN.containsAll(row.keys()))
            .filter(row -> isPlain(row.written("policy")) && isPlain(row.written("failure")))
            .filter(
                row ->
                    row.find("failure")
                        .map(f -> Collections.disjoint(f.map().keys(), NOT_REPORTED))
                        .orElse(true))
            .toList();
    assertThat(kinds).hasSizeGreaterThan(80);
    assertThat(policies).hasSizeGreaterThan(25);

    try (KafkaAt kafka = kafka()) {
      for (int i = 0; i < kinds.size(); i++) {
        publish(kafka, ResourceKind.CATEGORIES, "kind-" + i, categories(kinds.get(i)));
        publish(kafka, ResourceKind.QUEUE, "kind-" + i, document("categories", "kind-" + i));
      }
      for (int i = 0; i < policies.size(); i++) {
        String name = "policy-" + i;
        publish(kafka, ResourceKind.RETRY_POLICY, name, policy(policies.get(i), name));
        publish(kafka, ResourceKind.QUEUE, name, document("retryPolicy", name));
      }
      Map<String, String> settings = kafka.settings(state.resolve("classifier"));
      try (App classifier =
              new ClassifierApp(ClassifierSettings.read(SettingsReader.of(settings)));
          App decider = new DeciderApp(DeciderSettings.read(deciderSettings(kafka, state)))) {
        classifier.start();
        decider.start();
        for (int i = 0; i < kinds.size(); i++) {
          fail(kafka, "kind-" + i, kinds.get(i));
        }
        for (int i = 0; i < policies.size(); i++) {
          fail(kafka, "policy-" + i, policies.get(i));
        }
        int rows = kinds.size() + policies.size();
        await("all are decided")
            .atMost(PATIENCE)
            .until(() -> kafka.read(Topics.DECISIONS).size() == rows);
      }
      check(
          kinds,
          "kind-",
          byJob(kafka.read(Topics.CLASSIFIED_ERRORS), e -> e.error().job()),
          TablesContract::answer);
      check(
          policies,
          "policy-",
          byJob(kafka.read(Topics.DECISIONS), DecisionRecord::job),
          TablesContract::answer);
    }
  }

  private static <V> void check(
      List<YamlMap> rows, String prefix, Map<String, V> answers, Function<V, ObjectNode> json) {
    for (int i = 0; i < rows.size(); i++) {
      YamlMap row = rows.get(i);
      YamlMap expect = row.require("expect").map();
      ObjectNode answer = json.apply(answers.get(prefix + i));
      ObjectNode actual = JsonNodeFactory.instance.objectNode();
      expect.keys().forEach(key -> actual.set(key, answer.get(key)));
      assertThat(actual.toString())
          .as(row.require("says").text())
          .isEqualTo(YamlJson.of(expect.node()).toString());
    }
  }

  private static ObjectNode answer(ClassifiedError error) {
    return ClassificationJson.of(error.classification());
  }

  private static ObjectNode answer(DecisionRecord record) {
    ObjectNode json = DecisionJson.of(record.decision());
    json.set("used", json.get("retriesUsed"));
    if (json.get("rule").has("index")) {
      json.set("rule", json.get("rule").get("index"));
    }
    return json;
  }

  private static <V> Map<String, V> byJob(List<V> values, Function<V, JobIdentity> job) {
    return values.stream().collect(Collectors.toMap(v -> job.apply(v).jobId(), v -> v));
  }

  /** A new job of the row's queue, and the failure of its first run. */
  private static void fail(KafkaAt kafka, String name, YamlMap row) {
    JobIdentity job = new JobIdentity(name, name, "tables", null);
    kafka.send(
        Topics.JOB_COMMANDS,
        name,
        new JobCommand.Submit(job, Messages.AT, "test", new SpecRef(0, 0, ""), false));
    ObjectNode failure = JsonNodeFactory.instance.objectNode().put("kind", "PodFailed");
    if (row.find("failure").isPresent()) {
      failure.setAll((ObjectNode) YamlJson.of(row.require("failure")));
    } else {
      failure.putArray("containers").addObject().put("name", "main").put("exitCode", 1);
    }
    RunIdentity run = RunIdentity.of(name, 0);
    kafka.send(
        Topics.JOB_ERRORS,
        name,
        new JobError(
            run.runId() + "/0",
            job,
            run,
            Messages.EXECUTOR,
            "local",
            "default",
            "pod",
            Messages.AT,
            true,
            EvidenceReader.read(YamlFile.read("failure.yaml", failure.toString()).single())));
  }

  private void publish(KafkaAt kafka, ResourceKind kind, String name, ObjectNode document) {
    document.put("apiVersion", "faultline.io/v1").put("kind", kind.word()).put("name", name);
    Resource resource =
        new Resource(kind, name, ++revision, false, document.toString(), Messages.AT, "test");
    kafka.send(Topics.RESOURCES, resource.key(), resource);
  }

  private static ObjectNode document(String key, String value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }

  private static ObjectNode categories(YamlMap row) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode spec =
        document
            .putObject("spec")
            .put("enabled", true)
            .put("defaultCategory", "other")
            .put("defaultSubcategory", "unknown");
    row.find("categories").ifPresent(list -> spec.set("categories", YamlJson.of(list)));
    row.find("rules")
        .ifPresent(
            rules ->
                spec.putArray("categories")
                    .addObject()
                    .put("name", "a")
                    .set("rules", YamlJson.of(rules)));
    return document;
  }

  private static ObjectNode policy(YamlMap row, String name) {
    ObjectNode policy =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("retryLimit", 3)
            .put("defaultAction", "Fail");
    policy.setAll((ObjectNode) YamlJson.of(row.require("policy")));
    return policy;
  }

  private static SettingsReader deciderSettings(KafkaAt kafka, Path state) {
    Map<String, String> settings = kafka.settings(state.resolve("decider"));
    settings.put("retryPolicy.enabled", "true");
    return SettingsReader.of(settings);
  }

  private static boolean isPlain(Optional<YamlNode> node) {
    return node.isEmpty() || !node.get().isNull();
  }

  private static Stream<YamlMap> rows(String table) throws IOException {
    Path file = TABLES.resolve(table);
    List<YamlMap> rows = new ArrayList<>();
    YamlFile.read(table, Files.readAllBytes(file)).single().list().forEach(n -> rows.add(n.map()));
    return rows.stream();
  }
}
