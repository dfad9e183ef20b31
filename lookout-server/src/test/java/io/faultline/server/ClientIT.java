package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.faultline.client.FaultlineClient;
import io.faultline.client.Jobs.Job;
import io.faultline.client.Problem;
import io.faultline.client.RefusedException;
import io.faultline.client.Resource;
import io.faultline.client.Resources;
import io.faultline.client.Sets;
import io.faultline.client.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java client on a real server. */
class ClientIT {

  private static final String READER = "the-token-of-the-reader";

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          Map.of(
              "auth.users.reader.token", READER,
              "auth.users.reader.groups", "guests",
              "auth.permissionGroupMapping.read", "guests"));

  private static final String POLICY =
      """
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: %s
      retryLimit: %d
      defaultAction: Fail
      """;

  private static FaultlineClient client() {
    return new FaultlineClient(SERVER.url() + "/", TestParts.TOKEN);
  }

  private static <T extends Throwable> T thrown(Class<T> type, Runnable what) {
    T thrown = catchThrowableOfType(type, what::run);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  @Test
  void a_resource_is_made_changed_rolled_back_and_deleted() {
    Resources policies = client().policies();
    Resource made = policies.create(POLICY.formatted("life", 1));
    assertThat(made.change()).isEqualTo("created");
    assertThat(made.changedBy()).isEqualTo("bootstrap");
    assertThat(policies.update("life", POLICY.formatted("life", 2)).change()).isEqualTo("updated");
    assertThat(policies.apply("life", POLICY.formatted("life", 2)).change()).isEqualTo("unchanged");
    assertThat(policies.get("life").body()).isEqualTo(POLICY.formatted("life", 2));
    assertThat(policies.at("life", made.revision()).body()).isEqualTo(POLICY.formatted("life", 1));
    assertThat(policies.rollback("life", made.revision()).change()).isEqualTo("updated");
    assertThat(policies.get("life").body()).isEqualTo(POLICY.formatted("life", 1));
    assertThat(policies.delete("life").deleted()).isTrue();
    assertThat(policies.find("life")).isEmpty();
    assertThat(policies.revisions("life"))
        .extracting(Resource::deleted)
        .containsExactly(true, false, false, false);
  }

  @Test
  void a_list_goes_over_all_pages() {
    Resources queues = client().queues();
    IntStream.range(0, 105).forEach(i -> queues.create(RunningServer.QUEUE.formatted("many-" + i)));
    assertThat(queues.list()).hasSizeGreaterThanOrEqualTo(105);
  }

  @Test
  void a_plain_document_of_categories_is_made_under_a_name() {
    Resource made =
        client().categories().create("plain-1", "{\"enabled\": true, \"categories\": []}");
    assertThat(made.name()).isEqualTo("plain-1");
    assertThat(made.kind()).isEqualTo("Categories");
  }

  @Test
  void refusals_have_a_type_and_say_what_is_the_matter() {
    FaultlineClient client = client();
    client.policies().create(POLICY.formatted("used", 1));
    client.queues().create(RunningServer.QUEUE.formatted("user") + "retryPolicy: used\n");
    Problem used =
        thrown(RefusedException.Conflict.class, () -> client.policies().delete("used")).problem();
    assertThat(used.type()).isEqualTo("still-referred-to");
    assertThat(used.referredBy()).containsExactly("Queue/user");

    long seen = client.policies().get("used").revision();
    client.policies().apply("used", POLICY.formatted("used", 2));
    assertThat(
            thrown(
                    RefusedException.Conflict.class,
                    () -> client.policies().update("used", seen, POLICY.formatted("used", 3)))
                .problem()
                .type())
        .isEqualTo("precondition-failed");

    Problem invalid =
        thrown(
                RefusedException.class,
                () -> client.policies().create(POLICY.formatted("bad", 1).replace("Fail", "Maybe")))
            .problem();
    assertThat(invalid.type()).isEqualTo("invalid-file");
    assertThat(invalid.places())
        .singleElement()
        .satisfies(
            place -> {
              assertThat(place.pointer()).isEqualTo("/defaultAction");
              assertThat(place.line()).isEqualTo(5);
            });

    String dangling = RunningServer.QUEUE.formatted("dangling") + "retryPolicy: nowhere\n";
    assertThat(
            thrown(
                    RefusedException.class,
                    () -> client.queues().checkingReferences().create(dangling))
                .problem()
                .missing())
        .containsExactly("RetryPolicy/nowhere");

    thrown(RefusedException.NotFound.class, () -> client.queues().get("no one"));
    thrown(RefusedException.NotFound.class, () -> client.queues().update("none", "{}"));
  }

  @Test
  void who_may_not_is_told_what_is_missing() {
    FaultlineClient reader = new FaultlineClient(SERVER.url(), READER);
    assertThat(reader.queues().list()).isNotNull();
    RefusedException.Denied denied =
        thrown(
            RefusedException.Denied.class,
            () -> reader.policies().create(POLICY.formatted("mine", 1)));
    assertThat(denied.problem().permissions()).containsExactly("create_retry_policy");
    assertThat(denied).hasMessageContaining("you are 'reader', of the groups guests");
    thrown(
        RefusedException.Denied.class, () -> new FaultlineClient(SERVER.url(), "").queues().list());
  }

  @Test
  void jobs_are_submitted_once_under_a_key_and_cancelled() {
    FaultlineClient client = client();
    client.queues().create(RunningServer.QUEUE.formatted("work"));
    String file = RunningServer.JOB_FILE.formatted("work", "set");
    List<Job> jobs = client.jobs().submit(file, "a-key");
    assertThat(jobs)
        .singleElement()
        .satisfies(job -> assertThat(job.clientId()).isEqualTo("my-id"));
    assertThat(client.jobs().submit(file, "a-key")).isEqualTo(jobs);
    assertThat(client.jobs().cancel(jobs.get(0).jobId(), "enough").state()).isNotEmpty();
    assertThat(client.jobs().cancelSet("work", "set", ""))
        .extracting(Job::jobId)
        .containsExactly(jobs.get(0).jobId());
    thrown(RefusedException.NotFound.class, () -> client.jobs().cancel("no such", ""));
  }

  @Test
  void a_server_that_is_not_there_is_unreachable() {
    assertThat(
            thrown(
                UnreachableException.class,
                () -> new FaultlineClient("http://127.0.0.1:1", "t").queues().list()))
        .hasMessage("http://127.0.0.1:1 can't be reached: nothing listens there");
  }

  @Test
  void the_example_of_the_docs_is_this_one_and_runs() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/faultline/server/ClientExample.java"));
    String example =
        source
            .substring(
                source.indexOf("// example begins\n") + 18, source.indexOf("    // example ends"))
            .replaceAll("(?m)^ {4}", "");
    assertThat(Files.readString(Path.of("../docs/client.md")))
        .contains("```java\n" + example + "```");
    assertThat(ClientExample.run(SERVER.url(), TestParts.TOKEN))
        .containsExactly("created patient, submitted 1", "still used by [Queue/nightly]");
  }

  @Test
  void a_jobset_is_submitted_once_under_its_key_told_of_and_cancelled() {
    FaultlineClient client = client();
    client.queues().create(RunningServer.QUEUE.formatted("sets"));
    String manifest = SetSubmitIT.MANIFEST.formatted("by-client");
    Sets.Submitted set = client.sets().submit(manifest, "sets", "by client", "set-key");

    assertThat(client.sets().submit(manifest, "sets", "by client", "set-key")).isEqualTo(set);
    assertThat(set.name()).isEqualTo("by-client");
    assertThat(set.queue()).isEqualTo("sets");
    assertThat(set.jobSet()).isEqualTo("by client");
    assertThat(set.jobs()).isEqualTo(5);
    assertThat(client.sets().get(set.setId()).path("state").asText()).isEqualTo("QUEUED");
    assertThat(client.sets().list(1).get(0).path("setId").asText()).isEqualTo(set.setId());
    assertThat(client.sets().cancel(set.setId(), "enough").path("state").asText())
        .isEqualTo("QUEUED");
    thrown(RefusedException.NotFound.class, () -> client.sets().get("no-such"));
    thrown(RefusedException.class, () -> client.sets().submit(manifest));
  }
}
