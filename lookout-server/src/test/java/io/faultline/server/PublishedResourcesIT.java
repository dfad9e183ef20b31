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

/** How what is written comes to the services: published in order, and in force. */
class PublishedResourcesIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

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
      IntStream.range(0, 30).forEach(i -> calls.add(() -> SERVER.putPolicy("racing-" + i % 5, i)));
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
    long revision = SERVER.putPolicy("in-force", 1).json().path("revision").asLong();
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
