package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs, failures and decisions as the ingester's tables have them. */
class QuestionsIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private static List<String> ids(JsonNode page, String field) {
    List<String> ids = new ArrayList<>();
    page.path("items").forEach(item -> ids.add(item.path(field).asText()));
    return ids;
  }

  @Test
  void pages_neither_repeat_nor_skip_while_rows_come_in() throws Exception {
    List<String> expected = new ArrayList<>();
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      for (int i = 0; i < 50; i++) {
        // five at each time, so that ties are broken by id
        rows.failure("page-%02d".formatted(i), "j", NOON.plusMillis(i / 5), "paged", 1, "n");
        expected.add(0, "page-%02d".formatted(i));
      }
      List<String> seen = new ArrayList<>();
      String next = "/api/v1/failures?category=paged&limit=7";
      int newer = 0;
      while (!next.isEmpty()) {
        Client.Answer page = SERVER.client().get(next);
        seen.addAll(ids(page.json(), "failureId"));
        next = page.json().path("next").asText();
        if (!next.isEmpty()) {
          assertThat(page.header("Link")).isEqualTo("<" + next + ">; rel=\"next\"");
        }
        rows.failure("newer-" + newer, "j", NOON.plusSeconds(60 + newer++), "paged", 1, "n");
      }
      assertThat(seen).containsExactlyElementsOf(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "category=oom, f-1",
    "exitCode=137, f-1",
    "node=node-b, f-2",
    "jobId=filter-2&counted=any, f-3 f-2",
    "jobId=filter-2&counted=false, f-3",
    "jobId=filter-2, f-2",
    "from=2026-01-01T00:00:01Z&to=2026-01-01T00:00:02Z, f-2",
    "subcategory=sub&exitCode=74&jobId=filter-2, f-2",
    "category=oom&node=node-b, ''",
    "queue=nobody, ''",
  })
  void failures_are_filtered(String query, String expected) throws Exception {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      if (ids(SERVER.client().get("/api/v1/failures?jobId=filter-1").json(), "failureId")
          .isEmpty()) {
        rows.failure("f-1", "filter-1", start, "oom", 137, "node-a");
        rows.failure("f-2", "filter-2", start.plusSeconds(1), "user", 74, "node-b");
        rows.failure("f-3", "filter-2", start.plusSeconds(2), "user", 75, "node-b", false, "again");
      }
    }
    Client.Answer answer = SERVER.client().get("/api/v1/failures?" + query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(String.join(" ", ids(answer.json(), "failureId"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"run-1/1", "run-1%2F1"})
  void a_failure_is_found_by_an_id_with_a_slash_and_shows_its_evidence(String id) throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      if (SERVER.client().get("/api/v1/failures/run-1/1").status() == 404) {
        rows.failure("run-1/1", "evident", NOON, "user", 74, "n");
      }
    }
    Client.Answer answer = SERVER.client().get("/api/v1/failures/" + id);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.json().path("evidence").path("kind").asText()).isEqualTo("PodFailed");
    assertThat(answer.json().path("failureInfo").path("exitCode").isInt()).isTrue();
    assertThat(answer.json().path("rule").path("index").asInt()).isEqualTo(1);
    assertThat(answer.json().path("counts").path("job").asInt()).isEqualTo(2);
    assertThat(answer.json().path("at").asText()).isEqualTo("2026-03-01T12:00:00.123456Z");
  }

  @Test
  void markup_that_a_job_wrote_stays_text() throws Exception {
    String message = "<script>alert(1)</script> \"quoted\" \u2028 \ud83d\ude00";
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.failure("markup", "markup", NOON, "user", 1, "n", true, message);
    }
    Client.Answer answer = SERVER.client().get("/api/v1/failures/markup");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.json().path("message").asText()).isEqualTo(message);
  }

  @Test
  void a_job_shows_its_runs_failures_and_decisions() throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.job("whole", "set-1", "retrying", NOON);
      rows.run("whole", "whole-run-1", 1);
      rows.run("whole", "whole-run-0", 0);
      rows.failure("whole-f", "whole", NOON, "user", 74, "n");
      rows.decision("whole", "whole-run-0", NOON, true, "retry");
    }
    Client client = SERVER.client();
    JsonNode job = client.get("/api/v1/jobs/whole").json();
    assertThat(job.path("state").asText()).isEqualTo("RETRYING");
    assertThat(job.path("runs").findValuesAsText("runId"))
        .containsExactly("whole-run-0", "whole-run-1");
    assertThat(job.path("runs").path(0).path("state").asText()).isEqualTo("FAILED");
    assertThat(client.get("/api/v1/jobs/whole/runs").json().path("items").size()).isEqualTo(2);
    assertThat(ids(client.get("/api/v1/jobs/whole/failures").json(), "failureId"))
        .containsExactly("whole-f");
    JsonNode decision = client.get("/api/v1/jobs/whole/decisions").json().path("items").path(0);
    assertThat(decision.path("decision").asText()).isEqualTo("retry");
    assertThat(decision.path("rule").path("name").asText()).isEqualTo("rule-1");
    assertThat(decision.path("trace").path(0).path("holds").asBoolean()).isTrue();
    assertThat(client.get("/api/v1/jobs/whole/counts").status()).isEqualTo(503);
    assertThat(client.get("/api/v1/jobs/nobody").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/jobs/nobody/runs").status()).isEqualTo(404);
  }

  @Test
  void jobs_are_listed_newest_first_with_the_accepted_ones_among_them() throws Exception {
    Client client = SERVER.client();
    client.yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
    String accepted =
        client
            .yaml("POST", "/api/v1/jobs", RunningServer.JOB_FILE.formatted("q", "mixed"))
            .json()
            .path("jobs")
            .path(0)
            .path("jobId")
            .asText();
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.job("mixed-old", "mixed", "failed", NOON);
      rows.job("mixed-future", "mixed", "running", Instant.parse("2100-01-01T00:00:00Z"));
      List<String> all = new ArrayList<>();
      String next = "/api/v1/jobs?queue=q&jobSet=mixed&limit=1";
      while (!next.isEmpty()) {
        JsonNode page = client.get(next).json();
        all.addAll(ids(page, "jobId"));
        next = page.path("next").asText();
      }
      assertThat(all).containsExactly("mixed-future", accepted, "mixed-old");
      assertThat(ids(client.get("/api/v1/jobs?jobSet=mixed&state=FAILED").json(), "jobId"))
          .containsExactly("mixed-old");
      rows.job(accepted, "mixed", "queued", Instant.parse("2099-01-01T00:00:00Z"));
      assertThat(ids(client.get("/api/v1/jobs?jobSet=mixed").json(), "jobId"))
          .containsExactly("mixed-future", accepted, "mixed-old");
      assertThat(client.get("/api/v1/jobs/" + accepted).json().path("state").asText())
          .isEqualTo("QUEUED");
    }
  }

  @Test
  void an_ended_job_is_not_cancelled() throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.job("ended", "ends", "succeeded", NOON);
      rows.job("gone", "ends", "cancelled", NOON);
    }
    Client client = SERVER.client();
    assertThat(client.json("POST", "/api/v1/jobs/ended/cancel", "{}").status()).isEqualTo(409);
    assertThat(client.json("POST", "/api/v1/jobs/gone/cancel", "{}").status()).isEqualTo(200);
    assertThat(client.json("POST", "/api/v1/jobs/nobody/cancel", "{}").status()).isEqualTo(404);
    Client.Answer set = client.json("POST", "/api/v1/queues/q/job-sets/ends/cancel", "{}");
    assertThat(set.json().path("jobs").size()).isZero();
  }

  @Test
  void a_run_that_waits_is_started_and_no_other() throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.job("waiting", "retries", "retrying", NOON);
      rows.job("running", "retries", "running", NOON);
    }
    Client client = SERVER.client();
    Client.Answer asked = client.json("POST", "/api/v1/jobs/waiting/retry", "{}");
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    assertThat(asked.json().path("jobs").path(0).path("state").asText()).isEqualTo("RETRYING");
    assertThat(TopicReader.read(TestParts.get().kafka.bootstrapServers(), "faultline.job-commands"))
        .filteredOn(record -> record.key().equals("waiting"))
        .hasSize(1);
    Client.Answer refused = client.json("POST", "/api/v1/jobs/running/retry", "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText())
        .isEqualTo("the job does not wait for a retry: RUNNING");
    assertThat(client.json("POST", "/api/v1/jobs/nobody/retry", "{}").status()).isEqualTo(404);
  }

  @Test
  void decisions_are_found_by_what_the_shadow_says() throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.decision("shadowed", "r-0", NOON, true, "retry");
    }
    String path = "/api/v1/decisions?jobId=shadowed&shadowPolicy=next&shadowAgrees=";
    JsonNode found = SERVER.client().get(path + "false").json().path("items");
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("shadow").path("policy").asText()).isEqualTo("next");
    assertThat(SERVER.client().get(path + "true").json().path("items").size()).isZero();
  }

  @Test
  void decisions_are_listed_newest_first() throws Exception {
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      for (int i = 0; i < 5; i++) {
        rows.decision("listed", "r-" + i, NOON.plusSeconds(i / 2), i > 0, "fail_rule");
      }
    }
    List<String> runs = new ArrayList<>();
    String next = "/api/v1/decisions?reason=fail_rule&jobId=listed&limit=2";
    while (!next.isEmpty()) {
      JsonNode page = SERVER.client().get(next).json();
      runs.addAll(ids(page, "runId"));
      next = page.path("next").asText();
    }
    assertThat(runs).containsExactly("r-4", "r-3", "r-2", "r-1", "r-0");
  }
}
