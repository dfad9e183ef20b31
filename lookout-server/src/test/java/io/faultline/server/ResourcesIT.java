package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResourcesIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static final String POLICY =
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

  private static Client.Answer putPolicy(String name, int limit, String... headers) {
    return SERVER
        .client()
        .yaml("PUT", "/api/v1/retry-policies/" + name, POLICY.formatted(name, limit), headers);
  }

  private static Client.Answer putQueue(String name, String policy) {
    String queue = RunningServer.QUEUE.formatted(name) + "retryPolicy: " + policy + "\n";
    return SERVER.client().yaml("PUT", "/api/v1/queues/" + name, queue);
  }

  @Test
  void a_resource_is_created_read_replaced_and_deleted() {
    Client client = SERVER.client();
    Client.Answer created = putPolicy("life", 1);
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    assertThat(created.json().path("change").asText()).isEqualTo("created");
    Client.Answer read = client.get("/api/v1/retry-policies/life");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(read.json().path("body").asText()).isEqualTo(POLICY.formatted("life", 1));
    assertThat(read.json().path("document").path("retryLimit").asInt()).isEqualTo(1);
    assertThat(client.get("/api/v1/retry-policies/life", "Accept", "application/yaml").text())
        .isEqualTo(POLICY.formatted("life", 1));

    Client.Answer replaced = putPolicy("life", 2, "If-Match", created.header("ETag"));
    assertThat(replaced.json().path("change").asText()).isEqualTo("updated");
    Client.Answer again = putPolicy("life", 2);
    assertThat(again.json().path("change").asText()).isEqualTo("unchanged");
    assertThat(again.header("ETag")).isEqualTo(replaced.header("ETag"));

    long first = created.json().path("revision").asLong();
    JsonNode old = client.get("/api/v1/retry-policies/life?revision=" + first).json();
    assertThat(old.path("document").path("retryLimit").asInt()).isEqualTo(1);

    Client.Answer deleted = client.delete("/api/v1/retry-policies/life");
    assertThat(deleted.json().path("deleted").asBoolean()).isTrue();
    assertThat(client.get("/api/v1/retry-policies/life").status()).isEqualTo(404);
    assertThat(client.delete("/api/v1/retry-policies/life").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/retry-policies/life/revisions").json().path("items"))
        .extracting(item -> item.path("revision").asLong())
        .containsExactly(
            deleted.json().path("revision").asLong(),
            replaced.json().path("revision").asLong(),
            first);
  }

  @Test
  void a_write_on_another_revision_than_the_one_seen_is_refused() {
    Client.Answer created = putPolicy("etags", 1);
    putPolicy("etags", 2);
    Client.Answer stale = putPolicy("etags", 3, "If-Match", created.header("ETag"));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("currentRevision").asLong())
        .isGreaterThan(created.json().path("revision").asLong());
    Client client = SERVER.client();
    assertThat(client.delete("/api/v1/retry-policies/etags", "If-Match", created.header("ETag")))
        .extracting(Client.Answer::status)
        .isEqualTo(412);
    assertThat(putPolicy("etags", 3, "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(putPolicy("not-there", 3, "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(putPolicy("new-one", 3, "If-None-Match", "*").status()).isEqualTo(201);
  }

  @Test
  void a_write_is_answered_with_what_it_makes_hardly_meant() {
    Client client = SERVER.client();
    String categories =
        "{enabled: true, defaultCategory: other, defaultSubcategory: unknown, categories: [{name:"
            + " %s, rules: [{onConditions: [OOMKilled]}]}]}";
    String policy =
        "{kind: RetryPolicy, name: warned, retryLimit: 1, defaultAction: Fail, rules: [{action:"
            + " Retry, onCategory: warned-of}]}";
    String queue =
        "{kind: Queue, name: warned, retryPolicies: [warned, warned-2], categories: warned}";
    Client.Answer named =
        client.yaml("PUT", "/api/v1/categories/warned", categories.formatted("warned-of"));
    assertThat(named.json().path("warnings")).isEmpty();
    client.yaml("PUT", "/api/v1/retry-policies/warned", policy);
    assertThat(client.yaml("PUT", "/api/v1/queues/warned", queue).json().path("warnings"))
        .extracting(JsonNode::asText)
        .singleElement()
        .asString()
        .startsWith("body:1:")
        .contains("no policy is named \"warned-2\"");
    Client.Answer renamed =
        client.yaml("PUT", "/api/v1/categories/warned", categories.formatted("renamed"));
    assertThat(renamed.json().path("warnings"))
        .extracting(JsonNode::asText)
        .singleElement()
        .asString()
        .startsWith("RetryPolicy/warned:1:")
        .contains("never matches: no category is named \"warned-of\"");
  }

  @Test
  void create_refuses_what_is_there() {
    Client client = SERVER.client();
    String body = RunningServer.QUEUE.formatted("twice");
    Client.Answer created = client.yaml("POST", "/api/v1/queues", body);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/queues/twice");
    Client.Answer again = client.yaml("POST", "/api/v1/queues", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.problem()).isEqualTo("conflict");
  }

  @Test
  void a_policy_that_a_queue_refers_to_is_not_deleted() {
    Client client = SERVER.client();
    putPolicy("needed", 1);
    assertThat(putQueue("needs-it", "needed").status()).isEqualTo(201);
    Client.Answer refused = client.delete("/api/v1/retry-policies/needed");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("still-referred-to");
    assertThat(refused.json().path("referredBy").path(0).path("name").asText())
        .isEqualTo("needs-it");
    putPolicy("other", 1);
    putQueue("needs-it", "other");
    assertThat(client.delete("/api/v1/retry-policies/needed").status()).isEqualTo(200);
    client.delete("/api/v1/queues/needs-it");
    assertThat(client.delete("/api/v1/retry-policies/other").status()).isEqualTo(200);
  }

  @Test
  void a_refused_document_is_pointed_into() {
    Client.Answer refused =
        SERVER
            .client()
            .yaml(
                "PUT",
                "/api/v1/retry-policies/wrong",
                """
                apiVersion: faultline.io/v1
                kind: RetryPolicy
                name: wrong
                retryLimit: 1
                defaultAction: Fail
                rules:
                  - {action: Retry, onConditions: [Evicted]}
                  - {action: Retry, onConditions: [Nonsense]}
                """);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-file");
    JsonNode place = refused.json().path("errors").path(0);
    assertThat(place.path("pointer").asText()).isEqualTo("/rules/1/onConditions/0");
    assertThat(place.path("line").asInt()).isEqualTo(8);
    assertThat(place.path("detail").asText()).contains("Nonsense").contains("Evicted");
    assertThat(SERVER.client().get("/api/v1/retry-policies/wrong").status()).isEqualTo(404);
  }

  @Test
  void the_name_in_the_path_must_be_the_documents() {
    Client.Answer refused =
        SERVER.client().yaml("PUT", "/api/v1/queues/one", RunningServer.QUEUE.formatted("another"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/name");
  }

  @Test
  void a_plain_document_of_categories_takes_its_name_from_the_path() {
    Client client = SERVER.client();
    String plain =
        """
        {"enabled": true, "categories": [{"name": "oom", "rules": [{"onConditions": ["OOMKilled"]}]}]}
        """;
    assertThat(client.json("PUT", "/api/v1/categories/plain", plain).status()).isEqualTo(201);
    assertThat(client.json("POST", "/api/v1/categories?name=plain-2", plain).status())
        .isEqualTo(201);
    assertThat(client.json("POST", "/api/v1/categories", plain).status()).isEqualTo(400);
    assertThat(client.json("PUT", "/api/v1/categories/No%20Label", plain).status()).isEqualTo(400);
  }

  @Test
  void ten_thousand_rules_over_a_mebibyte_are_taken_and_published() {
    StringBuilder body = new StringBuilder("enabled: true\ncategories:\n");
    for (int i = 0; i < 100; i++) {
      body.append("  - name: category-").append(i).append("\n    rules:\n");
      for (int j = 0; j < 100; j++) {
        body.append("      - {onTerminationMessage: {pattern: \"error number ")
            .append(i * 100 + j)
            .append(" of the very long list\"}, subcategory: s, hint: \"ask the team of this\"}\n");
      }
    }
    assertThat(body.length()).isGreaterThan(1 << 20);
    Client.Answer put = SERVER.client().yaml("PUT", "/api/v1/categories/large", body.toString());
    assertThat(put.status()).as("%.300s", put).isEqualTo(201);
    awaitPublished(put.json().path("revision").asLong());
  }

  @Test
  void revisions_are_published_in_their_order_without_gaps() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Client.Answer>> calls = new ArrayList<>();
      IntStream.range(0, 30).forEach(i -> calls.add(() -> putPolicy("racing-" + i % 5, i)));
      for (Future<Client.Answer> call : threads.invokeAll(calls)) {
        assertThat(call.get().status()).isIn(200, 201);
      }
    } finally {
      threads.shutdownNow();
    }
    long newest = SERVER.client().get("/api/v1/resources/status").json().path("revision").asLong();
    awaitPublished(newest);
    String bootstrap = TestParts.get().kafka.bootstrapServers();
    try (var registry =
        SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()))) {
      var revisions = new Codecs(registry).serde(Topics.RESOURCE_REVISIONS).deserializer();
      List<Resource> read =
          TopicReader.read(bootstrap, Topics.RESOURCE_REVISIONS.name()).stream()
              .map(r -> revisions.deserialize(r.topic(), r.value()))
              .filter(r -> r.changedBy().equals("bootstrap"))
              .toList();
      // other classes' servers publish their own databases' revisions to the same topic
      assertThat(read.stream().map(Resource::revision).distinct().sorted())
          .containsAll(LongStream.rangeClosed(1, newest).boxed().toList());
      List<Long> ofOne =
          read.stream().filter(r -> r.name().equals("racing-1")).map(Resource::revision).toList();
      assertThat(ofOne).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void in_force_is_what_the_live_instances_of_followers_say() throws Exception {
    long revision = putPolicy("in-force", 1).json().path("revision").asLong();
    String status = "/api/v1/retry-policies/in-force/status";
    await()
        .untilAsserted(
            () -> {
              // again and again, as services do: who is silent for ten seconds does not count
              say("classifier-stream", "c-1", revision);
              say("retry-decider", "d-1", revision - 1);
              say("lookout-ingester", "i-1", 0);
              JsonNode json = SERVER.client().get(status).json();
              assertThat(json.path("inForceOn").asInt()).isEqualTo(1);
              assertThat(json.path("of").asInt()).isEqualTo(2);
              assertThat(json.path("inForce").asBoolean()).isFalse();
            });
    await()
        .untilAsserted(
            () -> {
              say("classifier-stream", "c-1", revision);
              say("retry-decider", "d-1", revision);
              assertThat(SERVER.client().get(status).json().path("inForce").asBoolean()).isTrue();
            });
  }

  @Test
  void a_cordon_is_listed_with_what_it_holds_until_it_is_deleted() {
    String path = "/api/v1/cordons/research-maintenance";
    String document =
        "{apiVersion: faultline.io/v1, kind: Cordon, name: research-maintenance,"
            + " queue: research, drain: true, reason: upgrade}";
    assertThat(SERVER.client().yaml("PUT", path, document).status()).isEqualTo(201);
    JsonNode cordon = SERVER.client().get("/api/v1/cordons").json().path("items").path(0);
    assertThat(cordon.path("document").path("queue").asText()).isEqualTo("research");
    assertThat(cordon.path("document").path("drain").asBoolean()).isTrue();
    assertThat(cordon.path("document").path("reason").asText()).isEqualTo("upgrade");
    String both = document.replace("drain: true", "executor: one");
    assertThat(SERVER.client().yaml("PUT", path, both).status()).isEqualTo(422);
    assertThat(SERVER.client().delete(path).status()).isEqualTo(200);
    assertThat(SERVER.client().get("/api/v1/cordons").json().path("items")).isEmpty();
  }

  @Test
  void lists_go_by_name_page_by_page() {
    IntStream.range(0, 5).forEach(i -> putPolicy("zz-page-" + i, 1));
    List<String> names = new ArrayList<>();
    String next = "/api/v1/retry-policies?limit=2";
    while (!next.isEmpty()) {
      JsonNode page = SERVER.client().get(next).json();
      page.path("items").forEach(item -> names.add(item.path("name").asText()));
      next = page.path("next").asText();
    }
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("zz-page-0", "zz-page-4");
  }

  private static void awaitPublished(long revision) {
    await()
        .until(
            () ->
                SERVER
                    .client()
                    .get("/api/v1/resources/status?revision=" + revision)
                    .json()
                    .path("published")
                    .asBoolean());
  }

  private static void say(String service, String instance, long revision) throws Exception {
    ServiceStatus status = new ServiceStatus(service, instance, "", revision, Instant.now());
    try (var registry =
            SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()));
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of(
                    "bootstrap.servers", TestParts.get().kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
      String topic = Topics.SERVICE_STATUS.name();
      byte[] value =
          new Codecs(registry).serde(Topics.SERVICE_STATUS).serializer().serialize(topic, status);
      producer.send(new ProducerRecord<>(topic, status.recordKey(), value)).get();
    }
  }
}
