package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and what becomes of what can't be answered. */
class AccessIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  /** Every route of the document, which another test holds against the routes themselves. */
  @TestFactory
  Stream<DynamicTest> every_route_but_health_refuses_who_has_no_token() {
    JsonNode paths = SERVER.client().get("/openapi.json").json().path("paths");
    List<DynamicTest> tests = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            tests.add(
                                DynamicTest.dynamicTest(
                                    method + " " + path.getKey(),
                                    () -> refusesStrangers(method, path.getKey())))));
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static void refusesStrangers(String method, String template) {
    String path = template.replaceAll("\\{\\w+}", "x");
    boolean health = path.equals("/livez") || path.equals("/readyz");
    for (String token : new String[] {null, "wrong", "", "a-token-for-test"}) {
      Client.Answer answer =
          SERVER.stranger(token).send(method.toUpperCase(Locale.ROOT), path, new byte[0]);
      assertThat(answer.status()).isEqualTo(health ? 200 : 401);
      if (!health) {
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.problem()).isEqualTo("unauthorized");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/nothing", "/livez/", "/livez/../api/v1/jobs", "/metrics/"})
  void unknown_paths_refuse_strangers_too(String path) {
    assertThat(SERVER.stranger(null).get(path).status()).isIn(400, 401);
  }

  @Test
  void a_token_in_the_database_opens_the_door_until_it_is_gone() throws Exception {
    String token = "a-token-of-another-user";
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection(SERVER.databaseUrl);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into control.tokens (name, sha256, role, created_at)"
                    + " values ('another', ?, 'admin', now())")) {
      insert.setBytes(1, hash);
      insert.executeUpdate();
      assertThat(SERVER.stranger(token).get("/api/v1/whoami").json().path("name").asText())
          .isEqualTo("another");
      connection.createStatement().execute("delete from control.tokens");
    }
    assertThat(SERVER.stranger(token).get("/api/v1/whoami").status()).isEqualTo(401);
  }

  @Test
  void health_metrics_and_version_are_there() {
    assertThat(SERVER.stranger(null).get("/readyz").json().path("ready").asBoolean()).isTrue();
    assertThat(SERVER.stranger(null).get("/livez").text()).isEqualTo("ok\n");
    SERVER.client().get("/api/v1/jobs");
    assertThat(SERVER.client().get("/metrics").text())
        .contains("faultline_http_requests_seconds_count")
        .contains("route=\"/api/v1/jobs\"");
    assertThat(SERVER.client().get("/api/v1/version").json().has("version")).isTrue();
    assertThat(SERVER.client().get("/api/v1/whoami").json().path("permissions"))
        .extracting(JsonNode::asText)
        .contains("read", "create_retry_policy", "send_dead_letters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/jobs?colour=red | 400 | 'colour' is not known; allowed: cursor, jobSet",
        "/api/v1/jobs?state=HAPPY | 400 | 'HAPPY' is not known; allowed: ACCEPTED, QUEUED",
        "/api/v1/jobs?limit=0 | 400 | allowed: a whole number from 1 to 1000",
        "/api/v1/jobs?limit=many | 400 | 'many' is not allowed",
        "/api/v1/jobs?limit=1&limit=2 | 400 | given more than once",
        "/api/v1/jobs?cursor=%21%21 | 400 | not one of this server's",
        "/api/v1/jobs?cursor=MTIz | 400 | not one of this server's",
        "/api/v1/jobs?queue=%00 | 400 | NUL",
        "/api/v1/jobs/%00 | 400 | ",
        "/api/v1/failures?from=yesterday | 400 | RFC 3339",
        "/api/v1/failures?exitCode=99999999999 | 400 | -2147483648 to 2147483647",
        "/api/v1/failures?counted=maybe | 400 | allowed: true, false, any",
        "/api/v1/failures?from=%2B999999999-01-01T00:00:00Z | 400 | out of range",
        "/api/v1/failures/none | 404 | no failure 'none'",
        "/api/v1/jobs/none | 404 | no job 'none'",
        "/api/v1/queues/none | 404 | no Queue 'none'",
        "/api/v1/queues/none?revision=x | 400 | ",
        "/api/v1/queues/none/status | 404 | ",
        "/api/v1/queues/none/revisions | 404 | ",
        "/api/v1/queues/q/job-sets/s/events?after=nonsense | 400 | not one of this server's",
        "/api/v1/events?after=nonsense | 400 | not one of this server's",
        "/api/v1/events?type=exploded | 400 | 'exploded' is not known; allowed: submitted, leased",
        "/api/v1/events?terminal=perhaps | 400 | allowed: true, false",
        "/api/v1/events?since=yesterday | 400 | RFC 3339",
        "/api/v1/events?state=FAILED | 400 | 'state' is not known; allowed: after, category",
        "/api/v1/queues/q/job-sets/s/events?queue=r | 400 | 'queue' is not known",
        "/api/v1/nothing | 404 | there is no route GET /api/v1/nothing",
        "/api/v1/resources/status?revision=-1 | 400 | ",
      })
  void bad_questions_get_a_problem_that_says_what_is_allowed(
      String path, int status, String detail) {
    Client.Answer answer = SERVER.client().get(path);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asText()).contains(detail == null ? "" : detail);
  }

  @Test
  void a_method_that_is_not_there_is_refused_with_those_that_are() {
    Client.Answer answer = SERVER.client().delete("/api/v1/failures");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 422 | empty",
        "'{' | 422 | ",
        "'[]' | 422 | a map is expected",
        "'queue: q' | 422 | jobs",
        "'{queue: q, jobSetId: s, jobs: []}' | 422 | at least one job",
        "'{queue: q, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}, color: red}]}' | 422 | unknown key",
        "'{queue: q, jobSetId: s, jobs: [{podSpec: {containers: [{name: A!}]}}]}' | 422 | DNS label",
        "'{queue: q, queue: q, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}' | 422 | repeated",
        "'{queue: nobody, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}' | 422 | no queue 'nobody'",
        "'{queue: 7, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}' | 422 | text is expected",
      })
  void job_files_that_are_not_are_refused_with_their_place(String body, int status, String detail) {
    Client.Answer answer = SERVER.client().yaml("POST", "/api/v1/jobs", body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).contains(detail == null ? "" : detail);
    assertThat(answer.json().path("errors").size()).isEqualTo(1);
  }

  @Test
  void bodies_that_are_too_large_or_of_another_type_are_refused() {
    Client client = SERVER.client();
    byte[] small = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(client.send("POST", "/api/v1/jobs", small, "Content-Type", "text/html").problem())
        .isEqualTo("unsupported-media-type");
    assertThat(client.send("POST", "/api/v1/jobs", small).status()).isEqualTo(415);
    assertThat(
            client
                .send(
                    "POST",
                    "/api/v1/jobs",
                    small,
                    "Content-Type",
                    "application/json",
                    "Content-Encoding",
                    "gzip")
                .status())
        .isEqualTo(415);
    byte[] latin = "queue: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            client.send("POST", "/api/v1/jobs", latin, "Content-Type", "application/yaml").status())
        .isEqualTo(400);
    byte[] large = new byte[(16 << 20) + 1];
    assertThat(client.send("POST", "/api/v1/jobs", large, "Content-Type", "application/yaml"))
        .extracting(Client.Answer::status)
        .isEqualTo(413);
  }

  @Test
  void a_pod_spec_over_a_mebibyte_is_refused_and_one_below_is_taken() {
    Client client = SERVER.client();
    client.yaml("PUT", "/api/v1/queues/wide", RunningServer.QUEUE.formatted("wide"));
    String file =
        """
        {"queue": "wide", "jobSetId": "s", "jobs": [{"podSpec": {"containers": [{"name": "main", "args": ["%s"]}]}}]}
        """;
    Client.Answer over = client.json("POST", "/api/v1/jobs", file.formatted("x".repeat(1 << 20)));
    assertThat(over.status()).isEqualTo(413);
    assertThat(over.json().path("errors").path(0).path("pointer").asText())
        .isEqualTo("/jobs/0/podSpec");
    Client.Answer below =
        client.json("POST", "/api/v1/jobs", file.formatted("x".repeat((1 << 20) - 100)));
    assertThat(below.status()).as("%.300s", below).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void idempotency_keys_are_1_to_255_visible_ascii_characters(int length) {
    String key = length == 0 ? "with space" : "k".repeat(length);
    Client.Answer answer =
        SERVER.client().yaml("POST", "/api/v1/jobs", "queue: q", "Idempotency-Key", key);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("Idempotency-Key");
  }

  @Test
  void wrong_preconditions_are_refused() {
    Client client = SERVER.client();
    String queue = RunningServer.QUEUE.formatted("pre");
    for (String value : List.of("7", "W/\"7\"", "*", "\"x\"", "\"1\", \"2\"")) {
      assertThat(client.yaml("PUT", "/api/v1/queues/pre", queue, "If-Match", value).status())
          .as(value)
          .isEqualTo(400);
    }
    assertThat(client.yaml("PUT", "/api/v1/queues/pre", queue, "If-None-Match", "\"7\"").status())
        .isEqualTo(400);
  }
}
