package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.RSAKey;
import io.faultline.server.access.Issuer;
import io.faultline.server.access.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every route, asked by users who have one permission each, and by one who has none. */
class PermissionsIT {

  private static final String NOBODY = "nobody";

  /** Each route and one of which permissions it needs; - for none. */
  private static final String ROUTES =
      """
      GET /openapi.json -
      GET /metrics read
      GET /api/v1/version -
      GET /api/v1/whoami -
      GET /api/v1/jobs read
      POST /api/v1/jobs submit_any_jobs
      GET /api/v1/jobs/{jobId} read
      GET /api/v1/jobs/{jobId}/runs read
      GET /api/v1/jobs/{jobId}/failures read
      GET /api/v1/jobs/{jobId}/decisions read
      GET /api/v1/jobs/{jobId}/counts read
      POST /api/v1/jobs/{jobId}/cancel cancel_any_jobs
      POST /api/v1/jobs/{jobId}/retry retry_jobs
      GET /api/v1/sets read
      POST /api/v1/sets submit_any_jobs
      GET /api/v1/sets/{setId} read
      POST /api/v1/sets/{setId}/cancel cancel_any_jobs
      POST /api/v1/queues/{queue}/job-sets/{jobSet}/cancel cancel_any_jobs
      GET /api/v1/queues/{queue}/job-sets/{jobSet}/events read watch_all_events
      GET /api/v1/events read watch_all_events
      GET /api/v1/failures read
      GET /api/v1/failures/{id} read
      GET /api/v1/decisions read
      GET /api/v1/resources/status read
      GET /api/v1/queues read
      POST /api/v1/queues create_queue
      GET /api/v1/queues/{name} read
      PUT /api/v1/queues/{name} create_queue update_queue
      DELETE /api/v1/queues/{name} delete_queue
      GET /api/v1/queues/{name}/revisions read
      POST /api/v1/queues/{name}/rollback create_queue update_queue
      GET /api/v1/queues/{name}/status read
      GET /api/v1/categories read
      POST /api/v1/categories create_categories
      GET /api/v1/categories/{name} read
      PUT /api/v1/categories/{name} create_categories update_categories
      DELETE /api/v1/categories/{name} delete_categories
      GET /api/v1/categories/{name}/revisions read
      POST /api/v1/categories/{name}/rollback create_categories update_categories
      GET /api/v1/categories/{name}/status read
      GET /api/v1/retry-policies read
      POST /api/v1/retry-policies create_retry_policy
      GET /api/v1/retry-policies/{name} read
      PUT /api/v1/retry-policies/{name} create_retry_policy update_retry_policy
      DELETE /api/v1/retry-policies/{name} delete_retry_policy
      GET /api/v1/retry-policies/{name}/revisions read
      POST /api/v1/retry-policies/{name}/rollback create_retry_policy update_retry_policy
      GET /api/v1/retry-policies/{name}/status read
      GET /api/v1/cordons read
      POST /api/v1/cordons cordon_queue cordon_executor
      GET /api/v1/cordons/{name} read
      PUT /api/v1/cordons/{name} cordon_queue cordon_executor
      DELETE /api/v1/cordons/{name} cordon_queue cordon_executor
      GET /api/v1/cordons/{name}/revisions read
      POST /api/v1/cordons/{name}/rollback cordon_queue cordon_executor
      GET /api/v1/cordons/{name}/status read
      GET /api/v1/dead-letters read
      POST /api/v1/dead-letters/send send_dead_letters
      """;

  private static final RSAKey KEY = Issuer.rsa("key");
  private static final Issuer ISSUER = issuer();

  @RegisterExtension static final RunningServer SERVER = new RunningServer(settings());

  /** For each permission a user and a group of its name; and one user whose group has none. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    for (Permission permission : Permission.values()) {
      String word = permission.word();
      settings.put("auth.permissionGroupMapping." + word, word);
      settings.put("auth.users." + word + ".groups", word);
      settings.put("auth.users." + word + ".token", token(word));
    }
    settings.put("auth.users.nobody.groups", "interns, guests");
    settings.put("auth.users.nobody.token", token(NOBODY));
    settings.putAll(ISSUER.settings());
    return settings;
  }

  private static Issuer issuer() {
    try {
      return new Issuer(KEY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  private static String token(String user) {
    return "the-token-of-user-" + user;
  }

  private static Client as(String user) {
    return SERVER.stranger(token(user));
  }

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new TreeMap<>();
    ROUTES
        .lines()
        .map(line -> List.of(line.split(" ")))
        .forEach(
            words ->
                table.put(
                    words.get(0) + " " + words.get(1),
                    new TreeSet<>(words.subList(2, words.size()))));
    return table;
  }

  @Test
  void the_table_has_every_route_but_health() {
    Set<String> routes = new TreeSet<>();
    SERVER
        .client()
        .get("/openapi.json")
        .json()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    routes.removeAll(Set.of("GET /livez", "GET /readyz"));
    assertThat(table().keySet()).isEqualTo(routes);
  }

  @TestFactory
  Stream<DynamicTest> a_route_is_open_to_those_with_its_permission_and_to_no_others() {
    return table().entrySet().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.getKey(), () -> isGuarded(route.getKey(), route.getValue())));
  }

  private static void isGuarded(String route, Set<String> needed) {
    Stream.concat(Stream.of(NOBODY), Stream.of(Permission.values()).map(Permission::word))
        .forEach(
            user -> {
              Client.Answer answer = ask(as(user), route);
              boolean allowed = needed.contains("-") || needed.contains(user);
              assertThat(answer.status() == 403)
                  .as("%s by %s: %s", route, user, answer)
                  .isEqualTo(!allowed);
              assertThat(answer.status()).isNotEqualTo(401).isLessThan(500);
              if (!allowed) {
                assertThat(answer.problem()).isEqualTo("forbidden");
                assertThat(answer.json().path("detail").asText())
                    .contains("'" + needed.iterator().next() + "'");
              }
            });
  }

  /** Asks so that nothing is changed and no stream is opened by who is let in. */
  private static Client.Answer ask(Client client, String route) {
    String method = route.substring(0, route.indexOf(' '));
    String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{\\w+}", "x");
    return client.send(
        method,
        path.endsWith("/events") ? path + "?type=none" : path,
        method.equals("GET") || method.equals("DELETE") ? null : new byte[0]);
  }

  @Test
  void a_refusal_names_the_permission_the_user_and_the_groups() {
    Client.Answer answer = as(NOBODY).get("/api/v1/jobs");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo(
            "the permission 'read' is missing; you are 'nobody', of the groups guests, interns");
    assertThat(answer.json().path("permissions").path(0).asText()).isEqualTo("read");
    assertThat(answer.json().path("user").asText()).isEqualTo(NOBODY);
    JsonNode me = as(NOBODY).get("/api/v1/whoami").json();
    assertThat(me.path("groups")).extracting(JsonNode::asText).containsExactly("guests", "interns");
    assertThat(me.path("permissions")).isEmpty();
  }

  @Test
  void users_of_the_identity_provider_have_the_permissions_of_their_groups() {
    Client carol = SERVER.stranger(Issuer.sign(ISSUER.claims("carol", "read", "others"), KEY));
    JsonNode me = carol.get("/api/v1/whoami").json();
    assertThat(me.path("name").asText()).isEqualTo("carol");
    assertThat(me.path("permissions")).extracting(JsonNode::asText).containsExactly("read");
    assertThat(carol.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(carol.delete("/api/v1/queues/x").status()).isEqualTo(403);
    Client stranger =
        SERVER.stranger(Issuer.sign(ISSUER.claims("carol", "read"), Issuer.rsa("key")));
    Client.Answer refused = stranger.get("/api/v1/jobs");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("detail").asText())
        .isEqualTo("the token is refused: Signed JWT rejected: Invalid signature");
  }

  @Test
  void put_needs_the_permission_for_what_it_comes_to() {
    String policy =
        """
        {"apiVersion": "faultline.io/v1", "kind": "RetryPolicy", "name": "%s", "retryLimit": %d, "defaultAction": "Fail"}
        """;
    String path = "/api/v1/retry-policies/";
    Client creates = as("create_retry_policy");
    Client updates = as("update_retry_policy");
    Client.Answer refused = updates.json("PUT", path + "own", policy.formatted("own", 1));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("detail").asText()).contains("'create_retry_policy'");
    Client.Answer created = creates.json("PUT", path + "own", policy.formatted("own", 1));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("changedBy").asText()).isEqualTo("create_retry_policy");
    refused = creates.json("PUT", path + "own", policy.formatted("own", 2));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("detail").asText()).contains("'update_retry_policy'");
    assertThat(updates.json("PUT", path + "own", policy.formatted("own", 2)).status())
        .isEqualTo(200);
    assertThat(as("read").get(path + "own").json().path("document").path("retryLimit").asInt())
        .isEqualTo(2);
  }
}
