package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultline.domain.job.JobEvent;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages of every topic go to confluent-kafka's own client, which asks the same registry, and
 * come back from it. The environment's {@code FAULTLINE_PYTHON} names a Python that has it.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PythonPeerIT {

  private static final int MESSAGES_A_TOPIC = 20;
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("FAULTLINE_PYTHON")).orElse("python3");

  @BeforeAll
  static void thereIsOne() throws InterruptedException {
    assumeTrue(
        hasClient(),
        "no confluent-kafka[avro,schemaregistry] in " + PYTHON + " (FAULTLINE_PYTHON names one)");
  }

  @Test
  void whatGoesToThePythonClientComesBackAsItWas() throws Exception {
    try (EmbeddedRegistry server = EmbeddedRegistry.temporary();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()))) {
      Codecs codecs = new Codecs(registry);
      codecs.registerAll();
      try (Peer peer = new Peer("peer.py", server.url())) {
        for (Topic<?> topic : Topics.all()) {
          if (topic.type() != byte[].class) {
            thereAndBack(topic, codecs, peer);
          }
        }
      }
    }
  }

  @Test
  void aPythonClientWithASchemaOfThePastReadsTheKindsItKnows(@TempDir Path folder)
      throws Exception {
    Path past = folder.resolve("past.avsc");
    Files.writeString(past, OtherVersions.past().toString());
    try (EmbeddedRegistry server = EmbeddedRegistry.temporary();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()));
        Peer peer = new Peer("past.py", server.url(), Topics.JOB_EVENTS.name(), past.toString())) {
      Serde<JobEvent> serde = new Codecs(registry).serde(Topics.JOB_EVENTS);

      assertThat(peer.ask(hex(serde, "failed")))
          .startsWith("io.faultline.schemas.avro.Failed [")
          .contains("'retryable'")
          .doesNotContain("'policy'");
      assertThat(peer.ask(hex(serde, "retry scheduled"))).startsWith("undecodable");
      assertThat(peer.ask(hex(serde, "submitted"))).startsWith("io.faultline.schemas.avro.Sub");
    }
  }

  private static String hex(Serde<JobEvent> serde, String name) {
    JobEvent event = (JobEvent) GoldenMessages.BY_NAME.get(name);
    return HexFormat.of().formatHex(serde.serializer().serialize(Topics.JOB_EVENTS.name(), event));
  }

  private static <V> void thereAndBack(Topic<V> topic, Codecs codecs, Peer peer)
      throws IOException {
    Serde<V> serde = codecs.serde(topic);
    for (V sent : samples(topic.type())) {
      byte[] bytes = serde.serializer().serialize(topic.name(), sent);
      String line = peer.ask(topic.name() + " " + HexFormat.of().formatHex(bytes));
      byte[] back = HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1));

      assertThat(serde.deserializer().deserialize(topic.name(), back)).isEqualTo(sent);
    }
  }

  /** A script of {@code src/test/python} that answers each line with one. */
  private static final class Peer implements AutoCloseable {

    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    Peer(String script, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/" + script));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String ask(String line) throws IOException {
      in.println(line);
      String answer = out.readLine();
      assertThat(answer).as("the peer's answer to %s", line).isNotNull();
      return answer;
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private static <V> List<V> samples(Class<V> type) {
    List<V> samples = new ArrayList<>();
    JqwikSession.run(
        () -> Messages.of(type).sampleStream().limit(MESSAGES_A_TOPIC).forEach(samples::add));
    return samples;
  }

  private static boolean hasClient() throws InterruptedException {
    try {
      Process check =
          new ProcessBuilder(PYTHON, "-c", "import confluent_kafka.schema_registry.avro")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return check.waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }
}
