package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResourcesIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static Client.Answer putQueue(String name, String policy) {
    String queue = RunningServer.QUEUE.formatted(name) + "retryPolicy: " + policy + "\n";
    return SERVER.client().yaml("PUT", "/api/v1/queues/" + name, queue);
  }

  @Test
  void a_resource_is_created_read_replaced_and_deleted() {
    Client client = SERVER.client();
    Client.Answer created = SERVER.putPolicy("life", 1);
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    assertThat(created.json().path("change").asText()).isEqualTo("created");
    Client.Answer read = client.get("/api/v1/retry-policies/life");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(read.json().path("body").asText())
        .isEqualTo(RunningServer.POLICY.formatted("life", 1));
    assertThat(read.json().path("document").path("retryLimit").asInt()).isEqualTo(1);
    assertThat(client.get("/api/v1/retry-policies/life", "Accept", "application/yaml").text())
        .isEqualTo(RunningServer.POLICY.formatted("life", 1));

    Client.Answer replaced = SERVER.putPolicy("life", 2, "If-Match", created.header("ETag"));
    assertThat(replaced.json().path("change").asText()).isEqualTo("updated");
    Client.Answer again = SERVER.putPolicy("life", 2);
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
    Client.Answer created = SERVER.putPolicy("etags", 1);
    SERVER.putPolicy("etags", 2);
    Client.Answer stale = SERVER.putPolicy("etags", 3, "If-Match", created.header("ETag"));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("currentRevision").asLong())
        .isGreaterThan(created.json().path("revision").asLong());
    Client client = SERVER.client();
    assertThat(client.delete("/api/v1/retry-policies/etags", "If-Match", created.header("ETag")))
        .extracting(Client.Answer::status)
        .isEqualTo(412);
    assertThat(SERVER.putPolicy("etags", 3, "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(SERVER.putPolicy("not-there", 3, "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(SERVER.putPolicy("new-one", 3, "If-None-Match", "*").status()).isEqualTo(201);
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
    SERVER.putPolicy("needed", 1);
    assertThat(putQueue("needs-it", "needed").status()).isEqualTo(201);
    Client.Answer refused = client.delete("/api/v1/retry-policies/needed");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("still-referred-to");
    assertThat(refused.json().path("referredBy").path(0).path("name").asText())
        .isEqualTo("needs-it");
    SERVER.putPolicy("other", 1);
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
    IntStream.range(0, 5).forEach(i -> SERVER.putPolicy("zz-page-" + i, 1));
    List<String> names = new ArrayList<>();
    String next = "/api/v1/retry-policies?limit=2";
    while (!next.isEmpty()) {
      JsonNode page = SERVER.client().get(next).json();
      page.path("items").forEach(item -> names.add(item.path("name").asText()));
      next = page.path("next").asText();
    }
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("zz-page-0", "zz-page-4");
  }
}
