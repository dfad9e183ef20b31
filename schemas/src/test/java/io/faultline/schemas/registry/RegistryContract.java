package io.faultline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.schemas.Codecs;
import io.faultline.schemas.RegistryException;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import io.faultline.schemas.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client must do with whatever real registry. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
abstract class RegistryContract {

  SchemaRegistry registry;

  /** Where the registry answers. */
  protected abstract String url();

  @BeforeEach
  void open() {
    registry = client(Map.of());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void everyTopicsSchemaIsTakenAndTakenAgainUnderTheSameId() {
    Codecs codecs = new Codecs(registry);
    codecs.registerAll();
    int id = registry.register("faultline.job-errors-value", Codecs.schema(Topics.JOB_ERRORS));

    try (SchemaRegistry another = client(Map.of())) {
      new Codecs(another).registerAll();
      assertThat(another.register("faultline.job-errors-value", Codecs.schema(Topics.JOB_ERRORS)))
          .isEqualTo(id);
    }
    try (SchemaRegistry reader = client(Map.of())) {
      assertThat(reader.byId(id)).isEqualTo(Codecs.schema(Topics.JOB_ERRORS));
    }
  }

  @Test
  void manyThatRegisterTheSameNewSubjectsAtOnceGetTheSameIds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<List<Integer>> register = this::registerTen;
      Set<List<Integer>> answers = new HashSet<>();
      for (Future<List<Integer>> each : threads.invokeAll(Collections.nCopies(6, register))) {
        answers.add(each.get());
      }
      assertThat(answers).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Integer> registerTen() {
    try (SchemaRegistry one = client(Map.of())) {
      return IntStream.range(0, 10)
          .mapToObj(
              i ->
                  one.register(
                      "new-" + i + "-value",
                      SchemaBuilder.record("a.New" + i).fields().requiredInt("a").endRecord()))
          .toList();
    }
  }

  @Test
  void anIdThatWasNeverGivenIsUnknown() {
    assertThatThrownBy(() -> registry.byId(1_000_000)).isInstanceOf(UnknownSchemaException.class);
    assertThatThrownBy(() -> registry.byId(Integer.MAX_VALUE))
        .isInstanceOf(UnknownSchemaException.class);
    assertThat(registry.failedAttempts()).isZero();
  }

  @Test
  void aRecordWithAnUnknownIdIsADeadLetter() {
    byte[] record = ByteBuffer.allocate(9).put((byte) 0).putInt(1_000_001).array();

    assertThatThrownBy(
            () ->
                new Codecs(registry)
                    .serde(Topics.HEARTBEATS)
                    .deserializer()
                    .deserialize("", record))
        .isInstanceOfSatisfying(
            UndecodableException.class,
            e -> assertThat(e.reason()).isEqualTo(UndecodableException.Reason.UNKNOWN_SCHEMA));
  }

  @Test
  void aSchemaThatCouldNotReadTheOldOneIsRefused() {
    Schema first = SchemaBuilder.record("a.Growing").fields().requiredString("a").endRecord();
    Schema later =
        SchemaBuilder.record("a.Growing").fields().requiredString("a").requiredInt("b").endRecord();
    registry.register("growing-value", first);
    registry.setCompatibility("growing-value", "BACKWARD_TRANSITIVE");

    assertThatThrownBy(() -> registry.register("growing-value", later))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("not compatible");
  }

  @Test
  void withoutAutoRegisterOnlyWhatIsThereIsUsed() {
    Schema schema = SchemaBuilder.record("a.Known").fields().requiredString("a").endRecord();
    try (SchemaRegistry looking = client(Map.of("auto.register.schemas", "false"))) {
      assertThatThrownBy(() -> looking.register("known-value", schema))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("not registered");
      int id = registry.register("known-value", schema);

      assertThat(looking.register("known-value", schema)).isEqualTo(id);
    }
  }

  final SchemaRegistry client(Map<String, String> more) {
    Map<String, String> config = new java.util.HashMap<>(more);
    config.put("schema.registry.url", url());
    return SchemaRegistries.open(config);
  }
}
