package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rolling back to revisions, on a real PostgreSQL. */
class RollbackIT {

  private static final String UPDATER = "the-token-of-the-updater";

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          Map.of(
              "auth.users.updater.token", UPDATER,
              "auth.users.updater.groups", "ops",
              "auth.permissionGroupMapping.update_retry_policy", "ops"));

  private static final String POLICY =
      """
      # as it was %d
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: %s
      retryLimit: %d
      defaultAction: Fail
      """;

  private static long put(String name, int limit) {
    Client.Answer answer =
        SERVER
            .client()
            .yaml("PUT", "/api/v1/retry-policies/" + name, POLICY.formatted(limit, name, limit));
    assertThat(answer.status()).as("%s", answer).isIn(200, 201);
    return answer.json().path("revision").asLong();
  }

  private static Client.Answer rollback(
      Client client, String of, long revision, String... headers) {
    return client.json(
        "POST", "/api/v1/" + of + "/rollback", "{\"revision\": " + revision + "}", headers);
  }

  private static Client.Answer rollback(String of, long revision, String... headers) {
    return rollback(SERVER.client(), of, revision, headers);
  }

  @Test
  void the_document_of_an_earlier_revision_becomes_a_new_revision() {
    long first = put("back", 1);
    long second = put("back", 2);
    Client.Answer answer = rollback("retry-policies/back", first, "If-Match", "\"" + second + "\"");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.json().path("change").asText()).isEqualTo("updated");
    assertThat(answer.json().path("revision").asLong()).isGreaterThan(second);
    assertThat(answer.json().path("changedBy").asText()).isEqualTo("bootstrap");
    JsonNode now = SERVER.client().get("/api/v1/retry-policies/back").json();
    assertThat(now.path("body").asText()).isEqualTo(POLICY.formatted(1, "back", 1));
    assertThat(SERVER.client().get("/api/v1/retry-policies/back/revisions").json().path("items"))
        .hasSize(3);

    Client.Answer again = rollback("retry-policies/back", first);
    assertThat(again.json().path("change").asText()).isEqualTo("unchanged");
    assertThat(rollback("retry-policies/back", second, "If-Match", "\"" + first + "\"").status())
        .isEqualTo(412);
  }

  @Test
  void what_was_deleted_comes_back_and_who_may_only_update_can_not_bring_it() {
    long first = put("gone", 1);
    long deletion =
        SERVER.client().delete("/api/v1/retry-policies/gone").json().path("revision").asLong();
    Client.Answer denied = rollback(SERVER.stranger(UPDATER), "retry-policies/gone", first);
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.json().path("detail").asText()).contains("'create_retry_policy'");
    Client.Answer refused = rollback("retry-policies/gone", deletion);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("is the deletion of");
    Client.Answer back = rollback("retry-policies/gone", first);
    assertThat(back.json().path("change").asText()).isEqualTo("created");
    assertThat(SERVER.client().get("/api/v1/retry-policies/gone").status()).isEqualTo(200);
  }

  @Test
  void a_revision_of_another_resource_or_none_is_not_there() {
    long other = put("other", 1);
    long own = put("own", 1);
    for (long revision : new long[] {other, own + 1_000}) {
      Client.Answer answer = rollback("retry-policies/own", revision);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("detail").asText())
          .isEqualTo("RetryPolicy 'own' has no revision " + revision);
    }
    assertThat(rollback("retry-policies/none", own).status()).isEqualTo(404);
  }

  @Test
  void a_document_that_todays_reader_refuses_is_not_written_again() throws Exception {
    long first = put("old", 1);
    put("old", 2);
    try (Connection connection = DriverManager.getConnection(SERVER.databaseUrl);
        PreparedStatement update =
            connection.prepareStatement(
                "update control.resource_revisions set body = ? where revision = ?")) {
      update.setString(1, POLICY.formatted(1, "old", 1).replace("Fail", "Perhaps"));
      update.setLong(2, first);
      update.executeUpdate();
    }
    Client.Answer answer = rollback("retry-policies/old", first);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-file");
    assertThat(answer.json().path("detail").asText())
        .startsWith("revision " + first + " can't be written today: line 6, column 16: ")
        .contains("Perhaps");
  }

  @Test
  void a_document_that_names_what_is_gone_is_not_written_again() {
    put("needed", 1);
    Client client = SERVER.client();
    String queue = RunningServer.QUEUE.formatted("needs");
    long first =
        client
            .yaml("PUT", "/api/v1/queues/needs", queue + "retryPolicy: needed\n")
            .json()
            .path("revision")
            .asLong();
    client.yaml("PUT", "/api/v1/queues/needs", queue);
    client.delete("/api/v1/retry-policies/needed");
    Client.Answer answer = rollback("queues/needs", first);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("unknown-reference");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo("revision " + first + " names what is not there: RetryPolicy 'needed'");
    assertThat(answer.json().path("missing").path(0).path("name").asText()).isEqualTo("needed");
  }

  @Test
  void what_a_queue_names_must_be_there_only_where_that_is_asked_for() {
    Client client = SERVER.client();
    String queue = RunningServer.QUEUE.formatted("early") + "retryPolicy: later\n";
    Client.Answer refused = client.yaml("POST", "/api/v1/queues?checkReferences=true", queue);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("unknown-reference");
    assertThat(client.yaml("PUT", "/api/v1/queues/early?checkReferences=true", queue).status())
        .isEqualTo(422);
    assertThat(client.get("/api/v1/queues/early").status()).isEqualTo(404);
    assertThat(client.yaml("PUT", "/api/v1/queues/early", queue).status()).isEqualTo(201);
    put("later", 1);
    assertThat(client.yaml("PUT", "/api/v1/queues/early?checkReferences=true", queue).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 422 | revision",
        "{\"revision\": \"1\"} | 422 | a number is expected",
        "{\"revision\": 0} | 422 | ",
        "{\"revision\": 1, \"wait\": true} | 422 | unknown key",
        "[] | 422 | map",
      })
  void a_body_that_names_no_revision_is_refused(String body, int status, String detail) {
    Client.Answer answer =
        SERVER.client().json("POST", "/api/v1/retry-policies/any/rollback", body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).contains(detail == null ? "" : detail);
  }
}
