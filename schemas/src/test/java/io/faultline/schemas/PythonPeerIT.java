package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Messages of every topic go to confluent-kafka's own client, which asks the same registry, and
 * come back from it. The environment's {@code FAULTLINE_PYTHON} names a Python that has it.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PythonPeerIT {

  private static final int MESSAGES_A_TOPIC = 20;
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("FAULTLINE_PYTHON")).orElse("python3");

  @Test
  void whatGoesToThePythonClientComesBackAsItWas() throws Exception {
    assumeTrue(
        hasClient(),
        "no confluent-kafka[avro,schemaregistry] in " + PYTHON + " (FAULTLINE_PYTHON names one)");
    try (EmbeddedRegistry server = EmbeddedRegistry.temporary();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()))) {
      Codecs codecs = new Codecs(registry);
      codecs.registerAll();
      Process peer =
          new ProcessBuilder(PYTHON, "src/test/python/peer.py", server.url())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (PrintStream toPeer =
              new PrintStream(peer.getOutputStream(), true, StandardCharsets.UTF_8);
          BufferedReader fromPeer =
              new BufferedReader(
                  new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
        for (Topic<?> topic : Topics.all()) {
          if (topic.type() != byte[].class) {
            thereAndBack(topic, codecs, toPeer, fromPeer);
          }
        }
      } finally {
        peer.destroyForcibly().waitFor();
      }
    }
  }

  private static <V> void thereAndBack(
      Topic<V> topic, Codecs codecs, PrintStream toPeer, BufferedReader fromPeer)
      throws IOException {
    Serde<V> serde = codecs.serde(topic);
    for (V sent : samples(topic.type())) {
      byte[] bytes = serde.serializer().serialize(topic.name(), sent);
      toPeer.println(topic.name() + " " + HexFormat.of().formatHex(bytes));
      String line = fromPeer.readLine();
      assertThat(line).as("the peer's answer for %s", topic.name()).isNotNull();
      byte[] back = HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1));

      assertThat(serde.deserializer().deserialize(topic.name(), back)).isEqualTo(sent);
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
