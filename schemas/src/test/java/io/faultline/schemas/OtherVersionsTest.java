package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.job.JobEvent;
import io.faultline.schemas.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** The public stream where those who write and those who read have not the same version. */
class OtherVersionsTest {

  private static final Schema TODAY = Codecs.schema(Topics.JOB_EVENTS);
  private static final JobEvent FAILED = (JobEvent) GoldenMessages.BY_NAME.get("failed");
  private static final JobEvent RETRY = (JobEvent) GoldenMessages.BY_NAME.get("retry scheduled");

  private final SchemaRegistry registry = new InMemorySchemaRegistry();
  private final Serde<JobEvent> serde = new Codecs(registry).serde(Topics.JOB_EVENTS);

  @Test
  void asWrittenEveryKindIsThereByItsName() throws IOException {
    assertThat(kind(readAs(TODAY, RETRY))).isEqualTo("RetryScheduled");
  }

  @Test
  void aSchemaOfThePastReadsTheKindsItKnows() throws IOException {
    GenericRecord failed = readAs(OtherVersions.past(), FAILED);

    GenericRecord detail = (GenericRecord) failed.get("detail");
    assertThat(kind(failed)).isEqualTo("Failed");
    assertThat(detail.get("retryable")).isEqualTo(true);
    assertThat(detail.hasField("policy")).isFalse();
  }

  /** Avro compares the fields where no name fits: docs/events.md warns of it. */
  @Test
  void aSchemaOfThePastTakesAKindThatIsNewerForAnother() throws IOException {
    assertThat(kind(readAs(OtherVersions.past(), RETRY))).isEqualTo("Submitted");
  }

  @Test
  void ofALaterVersionWeReadWhatWeKnow() throws IOException {
    GenericRecord failed = readAs(OtherVersions.withAField(), FAILED);
    ((GenericRecord) failed.get("detail")).put("blame", "node-7");

    assertThat(serde.deserializer().deserialize("", bytes(failed))).isEqualTo(FAILED);
  }

  @Test
  void ofALaterVersionWithAKindThatWeDontKnowWeRefuseEverythingAndTakeNothingForAnother()
      throws IOException {
    GenericRecord event = readAs(OtherVersions.withAKind(), FAILED);
    assertRefused(bytes(event));

    event.put(
        "detail",
        new GenericData.Record(event.getSchema().getField("detail").schema().getTypes().get(0)));
    assertThat(kind(event)).isEqualTo("Paused");
    assertRefused(bytes(event));
  }

  private void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> serde.deserializer().deserialize("", bytes))
        .isInstanceOfSatisfying(
            UndecodableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
  }

  private static String kind(GenericRecord event) {
    return ((GenericRecord) event.get("detail")).getSchema().getName();
  }

  private GenericRecord readAs(Schema reader, JobEvent event) throws IOException {
    byte[] bytes = serde.serializer().serialize("", event);
    return new GenericDatumReader<GenericRecord>(TODAY, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
  }

  private byte[] bytes(GenericRecord event) throws IOException {
    int id = registry.register("later", event.getSchema());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
    return bytes.toByteArray();
  }
}
