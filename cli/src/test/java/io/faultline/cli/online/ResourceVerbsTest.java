package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queues without a file, revisions, and the verbs and nouns that armadactl's users know. */
class ResourceVerbsTest {
  private static final String QUEUE = "apiVersion: faultline.io/v1\nkind: Queue\nname: research\n";
  private static final String POLICY =
      "apiVersion: armadaproject.io/v1beta1\nkind: RetryPolicy\nname: ml\nretryLimit: 1\ndefaultAction: Fail\n";
  private static final String WRITTEN =
      "{\"kind\": \"%s\", \"name\": \"%s\", \"revision\": 8, \"change\": \"%s\"}";

  @TempDir Path folder;
  @AutoClose private final FakeServer server = new FakeServer();

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.yaml"), text).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create queue research | ''",
        "create queue research --priority-factor 2.5 | priorityFactor: 2.5;",
        "create queue research --retry-policy ml | retryPolicy: ml;",
        "create queue research --retry-policies ml,on --categories c | retryPolicies: [ml, \"on\"];categories: c;",
      })
  void a_queue_is_made_without_a_file(String command, String more) {
    server.answer(
        "POST /queues?checkReferences=true",
        201,
        WRITTEN.formatted("Queue", "research", "created"));
    assertThat(server.faultline(command.split(" ")))
        .isEqualTo(new Ran(0, "Queue research created (revision 8)\n", ""));
    assertThat(server.asked.get(0).body()).isEqualTo(QUEUE + more.replace(";", "\n"));
  }

  @Test
  void an_update_of_a_queue_changes_what_is_named_and_keeps_the_rest() {
    server.answer(
        "GET /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 7,"
            + " \"body\": \"# ours\\nname: research\\nretryPolicy: old # for now\\npriorityFactor: 3\\n\"}");
    server.answer(
        "PUT /queues/research?checkReferences=true",
        WRITTEN.formatted("Queue", "research", "updated"));
    Ran ran = server.faultline("update", "queue", "research", "--retry-policies", "a,b");
    assertThat(ran).isEqualTo(new Ran(0, "Queue research updated (revision 8)\n", ""));
    assertThat(server.asked.get(1).header("If-match")).isEqualTo("\"7\"");
    assertThat(server.asked.get(1).body())
        .isEqualTo("# ours\nname: research\npriorityFactor: 3\nretryPolicies: [a, b]\n");
  }

  @Test
  void a_policy_that_is_not_there_is_named() {
    server.answer(
        "POST /queues?checkReferences=true",
        422,
        "{\"type\": \"urn:faultline:problem:unknown-reference\","
            + " \"detail\": \"Queue 'q' names what is not there: RetryPolicy 'none'\"}");
    assertThat(server.faultline("create", "queue", "q", "--retry-policy", "none"))
        .isEqualTo(
            new Ran(2, "", "faultline: Queue 'q' names what is not there: RetryPolicy 'none'\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update queue q | nothing to change; one is expected of: --retry-policy",
        "create queue q --priority-factor 0 | --priority-factor: 0 is not greater than 0",
        "create queue q --priority-factor high | Invalid value for option '--priority-factor'",
        "create queue q --retry-policy a --retry-policies b | mutually exclusive",
        "create queue | Missing required parameter: 'NAME'",
        "create | a file is needed: -f FILE",
        "diff queue q | --from",
        "diff queue --from 1 | ",
        "rollback queue q | --to",
        "get revisions queue | NAME",
        "get revisions gang g | unknown kind \"gang\"; allowed: queue, categories, policy",
      })
  void wrong_usage_is_said_before_the_server_is_asked(String command, String why) {
    Ran ran = server.faultline(command.split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(why == null ? "" : why);
    assertThat(server.asked).isEmpty();
  }

  @Test
  void revisions_are_listed_newest_first() {
    server.answer(
        "GET /retry-policies/ml/revisions",
        "{\"items\": [{\"revision\": 9, \"changedAt\": \"2026-03-01T10:05:00Z\", \"changedBy\": \"bob\", \"deleted\": true},"
            + " {\"revision\": 4, \"changedAt\": \"2026-02-01T10:05:00Z\", \"changedBy\": \"ann\", \"deleted\": false}]}");
    assertThat(server.faultline("get", "revisions", "retry-policy", "ml").out())
        .isEqualTo(
            """
            REVISION  CHANGED AT            BY   DELETED
            9         2026-03-01T10:05:00Z  bob  true
            4         2026-02-01T10:05:00Z  ann  false
            """);
  }

  @Test
  void two_revisions_are_compared() {
    String one =
        "{\"kind\": \"Queue\", \"name\": \"q\", \"revision\": %d, \"changedBy\": \"ann\","
            + " \"changedAt\": \"2026-03-01T10:05:00Z\", \"body\": \"name: q\\npriorityFactor: %d\\n\"}";
    server.answer("GET /queues/q?revision=3", one.formatted(3, 1));
    server.answer("GET /queues/q?revision=5", one.formatted(5, 2));
    server.answer("GET /queues/q", one.formatted(6, 1));
    assertThat(server.faultline("diff", "queue", "q", "--from", "3", "--to", "5"))
        .isEqualTo(
            new Ran(
                1,
                """
                --- Queue/q, revision 3 by ann at 2026-03-01T10:05:00Z
                +++ Queue/q, revision 5 by ann at 2026-03-01T10:05:00Z
                 name: q
                -priorityFactor: 1
                +priorityFactor: 2
                """,
                ""));
    assertThat(server.faultline("diff", "queue", "q", "--from", "3")).isEqualTo(new Ran(0, "", ""));
  }

  @Test
  void what_the_server_has_is_looked_at_together(@TempDir Path folder) throws IOException {
    has("queues", "q", "kind: Queue\nname: q\nretryPolicy: p\ncategories: own\n");
    has(
        "categories",
        "own",
        "enabled: true\ncategories: [{name: gpu, rules: [{onPodError: {pattern: x}}]}]");
    has(
        "retry-policies",
        "p",
        "kind: RetryPolicy\nname: p\ndefaultAction: Fail\nrules: [{action: Retry, onCategory: gpus}]\n");
    String never =
        "rules[0].onCategory: never matches: no category is named \"gpus\" (did you mean gpu?);"
            + " there are: gpu, internal\n";
    assertThat(server.faultline("lint", "--server-resources"))
        .isEqualTo(
            new Ran(
                0,
                "warning: RetryPolicy/p:1:1: retryLimit is absent: this policy never retries; write 0"
                    + " to mean it\nwarning: RetryPolicy/p:4:37: "
                    + never,
                ""));
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            "{kind: RetryPolicy, name: p, retryLimit: 1, defaultAction: Fail}");
    assertThat(server.faultline("lint", "--server-resources", "-f", file.toString()))
        .isEqualTo(new Ran(0, "", ""));
    assertThat(server.faultline("lint").err()).contains("Missing required argument");
  }

  private void has(String kind, String name, String body) {
    server.answer("GET /" + kind, "{\"items\": [{\"name\": \"" + name + "\"}]}");
    server.answer(
        "GET /" + kind + "/" + name,
        JsonNodeFactory.instance.objectNode().put("name", name).put("body", body).toString());
  }

  @Test
  void a_rollback_writes_and_waits() {
    server.answer(
        "POST /retry-policies/ml/rollback", WRITTEN.formatted("RetryPolicy", "ml", "updated"));
    server.answer(
        "GET /resources/status?revision=8", "{\"inForce\": true, \"inForceOn\": 2, \"of\": 2}");
    assertThat(server.faultline("rollback", "retry-policy", "ml", "--to", "4", "--wait"))
        .isEqualTo(
            new Ran(
                0, "RetryPolicy ml updated (revision 8)\n", "revision 8 is in force on 2 of 2\n"));
    assertThat(server.asked.get(0).body()).isEqualTo("{\"revision\":4}");
  }

  @Test
  void armadactls_verbs_and_nouns_are_taken() throws IOException {
    String policy = file(POLICY);
    server.answer("POST /retry-policies", 201, WRITTEN.formatted("RetryPolicy", "ml", "created"));
    server.answer(
        "GET /retry-policies/ml",
        "{\"kind\": \"RetryPolicy\", \"name\": \"ml\", \"revision\": 3, \"changedBy\": \"ann\", \"body\": \"x\"}");
    server.answer("PUT /retry-policies/ml", WRITTEN.formatted("RetryPolicy", "ml", "updated"));
    server.answer("DELETE /retry-policies/ml", WRITTEN.formatted("RetryPolicy", "ml", "deleted"));
    server.answer("GET /retry-policies?limit=100", "{\"items\": [{\"name\": \"ml\"}]}");
    server.answer("GET /queues/q", "{\"kind\": \"Queue\", \"name\": \"q\", \"body\": \"name: q\"}");
    server.answer("DELETE /queues/q", WRITTEN.formatted("Queue", "q", "deleted"));
    for (String[] command :
        new String[][] {
          {"create", "retry-policy", "-f", policy},
          {"create", "retry-policy", "--file", policy},
          {"update", "retry-policy", "-f", policy},
          {"get", "retry-policy", "ml"},
          {"get", "retry-policies"},
          {"delete", "retry-policy", "ml"},
          {"get", "queue", "q"},
          {"delete", "queue", "q"},
        }) {
      Ran ran = server.faultline(command);
      assertThat(ran.code()).as("%s: %s", String.join(" ", command), ran).isZero();
    }
    assertThat(server.asked).hasSize(9); // an update looks first
  }

  @Test
  void a_noun_takes_no_files_of_another_kind() throws IOException {
    String path = file(QUEUE);
    assertThat(server.faultline("create", "retry-policy", "-f", path))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: "
                    + path
                    + ": a RetryPolicy is expected, not the Queue \"research\"\n"));
  }

  @Test
  void a_dry_run_checks_the_file_and_asks_nobody() throws IOException {
    assertThat(server.faultline("create", "--dry-run", "-f", file(QUEUE)))
        .isEqualTo(new Ran(0, "Queue research is valid\n", ""));
    assertThat(server.faultline("apply", "--dry-run", "-f", file(QUEUE + "color: red\n")).code())
        .isEqualTo(2);
    assertThat(server.asked).isEmpty();
  }
}
