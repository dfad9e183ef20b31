package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.schemas.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final Heartbeat BEAT = new Heartbeat("e1", "c1", NOW, 5_000);

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final Codecs codecs = new Codecs(registry);

  static Stream<Topic<?>> topics() {
    return Topics.all().stream().filter(topic -> topic.type() != byte[].class);
  }

  @Property(tries = 2000)
  void everyMessageOfEveryTopicComesBackAsItWas(
      @ForAll("messages") Tuple2<Topic<Object>, Object> sent) {
    Serde<Object> serde = codecs.serde(sent.get1());

    byte[] bytes = serde.serializer().serialize("t", sent.get2());

    assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(sent.get2());
  }

  @Provide
  @SuppressWarnings("unchecked")
  Arbitrary<Tuple2<Topic<Object>, Object>> messages() {
    return Arbitraries.of(topics().toList())
        .flatMap(
            topic ->
                Messages.of(topic.type())
                    .map(value -> Tuple.of((Topic<Object>) topic, (Object) value)));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aTombstoneStaysATombstone(Topic<?> topic) {
    Serde<?> serde = codecs.serde(topic);

    assertThat(serde.serializer().serialize(topic.name(), null)).isNull();
    assertThat((Object) serde.deserializer().deserialize(topic.name(), null)).isNull();
  }

  @Test
  void theBytesBeginWithAZeroAndTheIdOfTheSchemaWithoutJavasProperties() {
    byte[] bytes = write(Topics.HEARTBEATS, BEAT);

    int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
    assertThat(bytes[0]).isZero();
    assertThat(registry.byId(id).getFullName()).isEqualTo("io.faultline.schemas.avro.Heartbeat");
    assertThat(registry.byId(id).toString()).doesNotContain("avro.java");
  }

  @Test
  void aRecordOfAnOlderSchemaIsReadWithDefaults() {
    Schema older =
        SchemaBuilder.record("io.faultline.schemas.avro.Heartbeat")
            .fields()
            .requiredString("executor")
            .name("at")
            .type(timestamp())
            .noDefault()
            .requiredLong("stopsAfterMillis")
            .endRecord();
    byte[] body = {4, 'e', '1', 0, 20};
    byte[] bytes = framed(registry.register("faultline.heartbeats-value", older), body);

    assertThat(read(Topics.HEARTBEATS, bytes))
        .isEqualTo(new Heartbeat("e1", "", Instant.EPOCH, 10));
  }

  @Test
  void aWordOfANewerVersionIsADeadLetterWhereNoReadingIsHarmless() {
    RunReport report =
        new RunReport(
            new JobIdentity("j", "q", "s", null),
            new RunIdentity("r", 0),
            RunState.STOPPED,
            "e",
            "c",
            "",
            "",
            "",
            NOW);
    Schema ours = registry.byId(ByteBuffer.wrap(write(Topics.RUN_REPORTS, report), 1, 4).getInt());
    String text = ours.toString().replace("\"DEFERRED\"]", "\"DEFERRED\",\"PAUSED\"]");
    Schema newer = new Schema.Parser().parse(text);
    byte[] bytes = write(Topics.RUN_REPORTS, report);
    ByteBuffer.wrap(bytes).putInt(1, registry.register("x", newer));
    // the symbol follows on "r" and the index 0: STOPPED is symbol 5, written as 10, and PAUSED 14
    for (int i = 5; i < bytes.length; i++) {
      if (bytes[i] == 10) {
        bytes[i] = 14;
        break;
      }
    }

    assertRefused(Topics.RUN_REPORTS, bytes, Reason.UNKNOWN_WORD);
  }

  @Test
  void bytesThatAreNotFramedAreRefused() {
    assertRefused(Topics.HEARTBEATS, new byte[0], Reason.NOT_FRAMED);
    assertRefused(Topics.HEARTBEATS, new byte[] {0, 0, 0, 1}, Reason.NOT_FRAMED);
    assertRefused(
        Topics.HEARTBEATS, "{\"executor\":1}".getBytes(StandardCharsets.UTF_8), Reason.NOT_FRAMED);
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsRefused() {
    assertRefused(Topics.HEARTBEATS, framed(4711, new byte[3]), Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void aRecordOfAnotherTypeIsRefused() {
    int id = registry.register("other", SchemaBuilder.record("Other").fields().endRecord());

    assertRefused(Topics.HEARTBEATS, framed(id, new byte[0]), Reason.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void bytesThatAreCutOffOrGoOnAreRefused() {
    byte[] whole = write(Topics.HEARTBEATS, BEAT);

    for (int length = 5; length < whole.length; length++) {
      assertRefused(Topics.HEARTBEATS, java.util.Arrays.copyOf(whole, length), Reason.CORRUPT);
    }
    assertRefused(
        Topics.HEARTBEATS, java.util.Arrays.copyOf(whole, whole.length + 1), Reason.CORRUPT);
  }

  @Test
  void aLengthOfGigabytesAllocatesNothing() {
    int id = ByteBuffer.wrap(write(Topics.HEARTBEATS, BEAT), 1, 4).getInt();
    byte[] twoGigabytes = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'};

    assertRefused(Topics.HEARTBEATS, framed(id, twoGigabytes), Reason.CORRUPT);
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMark() {
    byte[] bytes = write(Topics.HEARTBEATS, new Heartbeat("a\ud83db", "", NOW, 1));

    assertThat(read(Topics.HEARTBEATS, bytes).executor()).isEqualTo("a?b");
  }

  @Test
  void deadLettersAreBytesAsTheyAre() {
    assertThat(write(Topics.DEAD_LETTERS, new byte[] {1, 2})).containsExactly(1, 2);
  }

  private static Schema timestamp() {
    return org.apache.avro.LogicalTypes.timestampMicros()
        .addToSchema(Schema.create(Schema.Type.LONG));
  }

  private <V> byte[] write(Topic<V> topic, V value) {
    return codecs.serde(topic).serializer().serialize(topic.name(), value);
  }

  private <V> V read(Topic<V> topic, byte[] bytes) {
    return codecs.serde(topic).deserializer().deserialize(topic.name(), bytes);
  }

  private <V> void assertRefused(Topic<V> topic, byte[] bytes, Reason reason) {
    assertThatThrownBy(() -> read(topic, bytes))
        .isInstanceOfSatisfying(
            UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }
}
