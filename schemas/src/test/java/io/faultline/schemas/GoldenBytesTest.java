package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that confluent-kafka's serializer made, see {@code src/test/python/golden.py}. */
class GoldenBytesTest {

  private final SchemaRegistry registry = new InMemorySchemaRegistry();

  GoldenBytesTest() {
    GoldenMessages.TOPICS.forEach(topic -> registry.register(topic.name(), Codecs.schema(topic)));
  }

  static Stream<JsonNode> golden() throws IOException {
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/golden.jsonl")) {
      ObjectMapper json = new ObjectMapper();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().map(line -> parsed(json, line)).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatThePythonClientWroteIsRead(JsonNode line) {
    assertThat(serde(line).deserializer().deserialize("", bytes(line)))
        .isEqualTo(GoldenMessages.BY_NAME.get(line.path("name").asText()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatIsWrittenIsWhatThePythonClientWrites(JsonNode line) {
    Object message = GoldenMessages.BY_NAME.get(line.path("name").asText());

    assertThat(serde(line).serializer().serialize("", message)).isEqualTo(bytes(line));
  }

  @SuppressWarnings("unchecked") // the message of a line is of its topic's type
  private Serde<Object> serde(JsonNode line) {
    Topic<?> topic =
        Topics.all().stream()
            .filter(each -> each.name().equals(line.path("topic").asText()))
            .findFirst()
            .orElseThrow();
    return (Serde<Object>) new Codecs(registry).serde(topic);
  }

  private static byte[] bytes(JsonNode line) {
    return HexFormat.of().parseHex(line.path("hex").asText());
  }

  private static JsonNode parsed(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException("golden.jsonl: " + line, e);
    }
  }
}
