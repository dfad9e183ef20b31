package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.app.SettingsReader;
import io.faultline.cli.Ran;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.TopicAdmin;
import io.faultline.server.ServerApp;
import io.faultline.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for resources on a real server, by users who may do different things. */
class CommandsOnServerIT {
  private static final String ADMIN = "the-token-of-the-admin";
  private static final String OPS = "the-token-of-ops-user";
  private static final String POLICY =
      "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: %s\nretryLimit: %d\ndefaultAction: Fail\n";

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgres postgres;
  private static EmbeddedRegistry registry;
  private static ServerApp server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
    postgres = EmbeddedPostgres.temporary();
    registry = EmbeddedRegistry.temporary();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, 1);
    }
    server =
        new ServerApp(
            ServerSettings.read(
                SettingsReader.of(
                    Map.of(
                        "postgres.url",
                        postgres.newDatabase(),
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers(),
                        "schema.registry.url",
                        registry.url(),
                        "server.bootstrapToken",
                        ADMIN,
                        "http.port",
                        "0",
                        "auth.users.olga.token",
                        OPS,
                        "auth.users.olga.groups",
                        "ops",
                        "auth.permissionGroupMapping.read",
                        "everyone",
                        "auth.permissionGroupMapping.update_queue",
                        "ops"))));
    server.start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> faultline(ADMIN, "get", "queues").code() == 0);
  }

  @AfterAll
  static void stop() {
    server.close();
    registry.close();
    postgres.close();
    kafka.close();
  }

  private static Ran faultline(String token, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--server";
    all[arguments.length + 1] = server.url();
    all[arguments.length + 2] = "--token";
    all[arguments.length + 3] = token;
    return Ran.faultline(all);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.yaml"), text).toString();
  }

  private static long revision(Ran written) {
    Matcher revision = Pattern.compile("revision (\\d+)\\)").matcher(written.out());
    assertThat(revision.find()).as("%s", written).isTrue();
    return Long.parseLong(revision.group(1));
  }

  @Test
  void a_denied_command_names_the_permission_in_one_line() throws IOException {
    Ran denied = faultline(OPS, "create", "retry-policy", "-f", file(POLICY.formatted("hers", 1)));
    assertThat(denied)
        .isEqualTo(
            new Ran(
                1,
                "",
                "faultline: the permission 'create_retry_policy' is missing; you are 'olga', of the groups ops\n"));
    assertThat(faultline("no-token-at-all-here", "get", "queues").code()).isEqualTo(2);
    assertThat(faultline(ADMIN, "get", "policy", "hers").code()).isEqualTo(4);
  }

  @Test
  void policies_are_attached_to_queues_and_the_rest_of_the_document_stays() throws IOException {
    faultline(ADMIN, "create", "-f", file(POLICY.formatted("slow", 1)));
    Ran unknown = faultline(ADMIN, "create", "queue", "night", "--retry-policy", "quick");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo("faultline: Queue 'night' names what is not there: RetryPolicy 'quick'\n");

    String queue =
        "# ours\napiVersion: faultline.io/v1\nkind: Queue\nname: night\npriorityFactor: 3 # low\n";
    long first = revision(faultline(ADMIN, "create", "-f", file(queue)));
    assertThat(faultline(OPS, "update", "queue", "night", "--retry-policy", "slow").code())
        .isZero();
    assertThat(faultline(OPS, "get", "queue", "night", "-o", "yaml").out())
        .isEqualTo(queue + "retryPolicy: slow\n");

    assertThat(faultline(OPS, "get", "revisions", "queue", "night").out())
        .contains("  olga")
        .contains("  bootstrap");
    Ran diff = faultline(OPS, "diff", "queue", "night", "--from", Long.toString(first));
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out())
        .contains("by bootstrap")
        .contains("by olga")
        .endsWith("+retryPolicy: slow\n");
    assertThat(faultline(ADMIN, "delete", "retry-policy", "slow").err())
        .contains("referred to by Queue night");
    Ran back = faultline(OPS, "rollback", "queue", "night", "--to", Long.toString(first));
    assertThat(back.out()).startsWith("Queue night updated");
    assertThat(faultline(OPS, "get", "queue", "night", "-o", "yaml").out()).isEqualTo(queue);
    assertThat(faultline(ADMIN, "delete", "retry-policy", "slow").code()).isZero();

    long attached = revision(back) - 1;
    Ran gone = faultline(OPS, "rollback", "queue", "night", "--to", Long.toString(attached));
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("names what is not there: RetryPolicy 'slow'");
    assertThat(faultline(OPS, "rollback", "queue", "night", "--to", "999999").code()).isEqualTo(4);
  }
}
