package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What docs/events.md says can be pasted, pasted. */
class EventsDocIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static EventWriter topic;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    topic = new EventWriter("events-doc-it");
  }

  @AfterAll
  static void close() {
    topic.close();
  }

  @Test
  void the_command_shows_what_fails_for_good() throws Exception {
    assumeTrue(isThere("curl"), "no curl here");
    Path said = folder.resolve("said");
    Process process = run(said, "sh", "-c", block("sh"));
    try {
      await().until(() -> Files.readString(said).contains("\nid: "));
      topic.happens(failed("curl-1", true), failed("curl-2", false));
      await().until(() -> Files.readString(said).contains("\"eventId\":\"curl-2/0\""));
      assertThat(Files.readString(said)).doesNotContain("curl-1");
    } finally {
      end(process);
    }
  }

  @Test
  void the_script_for_browsers_tells_what_fails() throws Exception {
    assumeTrue(isThere("node"), "no node here");
    Path said = folder.resolve("said");
    String script =
        "const token = process.env.FAULTLINE_TOKEN;\n"
            + block("js").replace("http://127.0.0.1:8080", SERVER.url());
    Path file = Files.writeString(folder.resolve("subscribe.js"), script);
    await().until(() -> listeners() == 0);
    Process process = run(said, "node", file.toString());
    try {
      await().until(() -> listeners() == 1);
      topic.happens(failed("node-1", true), failed("node-2", false));
      await().until(() -> Files.readString(said).lines().count() == 2);
      assertThat(Files.readAllLines(said))
          .containsExactlyInAnyOrder("node-1 failed and is tried again", "node-2 failed: gpu");
    } finally {
      end(process);
    }
  }

  private static String block(String language) throws IOException {
    String text = Files.readString(Path.of("../docs/events.md"));
    Matcher block =
        Pattern.compile("## By server-sent events.*?```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(text);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static JobEvent failed(String job, boolean retryable) {
    return new JobEvent(
        new JobIdentity(job, "research", "docs", null),
        RunIdentity.of(job, 0),
        "local",
        "executor-1",
        "n",
        Instant.parse("2026-03-01T12:00:00Z"),
        0,
        new JobEvent.Failed(
            EvidenceKind.POD_FAILED,
            new FailureInfo(74, "", "main", "gpu", "", List.of("gpu"), ""),
            "Error",
            "",
            retryable,
            ""));
  }

  private static boolean isThere(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static int listeners() {
    Matcher gauge =
        Pattern.compile("faultline_events_streams (\\d+)")
            .matcher(SERVER.client().get("/metrics").text());
    assertThat(gauge.find()).isTrue();
    return Integer.parseInt(gauge.group(1));
  }

  private static Process run(Path said, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("FAULTLINE_SERVER", SERVER.url());
    builder.environment().put("FAULTLINE_TOKEN", TestParts.TOKEN);
    return builder.start();
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
