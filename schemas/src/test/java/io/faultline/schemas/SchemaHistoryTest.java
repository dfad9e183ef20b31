package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.schemas.wire.WireFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With {@code -Dfaultline.schemas.record} the schemas that have changed are written into the
 * history as a new version.
 */
class SchemaHistoryTest {

  private static final Path SOURCES = Path.of("src/main/resources/io/faultline/schemas");
  private static final SchemaValidator READS_ALL =
      new SchemaValidatorBuilder().canReadStrategy().validateAll();

  static Stream<Schema> current() {
    return WireFormats.schemas().stream().map(PublishedSchema::of);
  }

  @ParameterizedTest
  @MethodSource("current")
  void theNewestVersionInTheHistoryIsTheCurrentSchema(Schema schema) throws IOException {
    List<Schema> versions = SchemaHistory.of(schema.getName());
    if (System.getProperty("faultline.schemas.record") != null) {
      addToHistory(schema, versions);
      return;
    }
    // the text is compared, since Schema.equals passes over documentation
    assertThat(newest(versions))
        .as(
            "%s has changed since its last version: add one with"
                + " `mvn -pl schemas -am test -Dtest=SchemaHistoryTest -Dfaultline.schemas.record`",
            schema.getName())
        .isEqualTo(text(schema));
  }

  @ParameterizedTest
  @MethodSource("current")
  void theCurrentSchemaReadsWhatEveryVersionWrote(Schema schema) throws Exception {
    List<Schema> newestFirst = new ArrayList<>(SchemaHistory.of(schema.getName()));
    Collections.reverse(newestFirst);

    READS_ALL.validate(schema, newestFirst);
  }

  @Test
  void aFieldWithoutADefaultWouldBeNoticed() {
    Schema before = SchemaBuilder.record("R").fields().requiredString("a").endRecord();
    Schema after =
        SchemaBuilder.record("R").fields().requiredString("a").requiredString("b").endRecord();

    assertThatThrownBy(() -> READS_ALL.validate(after, List.of(before)))
        .isInstanceOf(SchemaValidationException.class);
  }

  @Test
  void everyEnumHasADefaultForWordsOfNewerVersions() {
    assertThat(current().flatMap(SchemaHistoryTest::named))
        .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(schema.getEnumDefault()).as(schema.getName()).isNotNull());
  }

  @Test
  void everyFieldSaysWhatItIs() {
    assertThat(current().flatMap(SchemaHistoryTest::named))
        .filteredOn(schema -> schema.getType() == Schema.Type.RECORD)
        .allSatisfy(
            schema -> {
              assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
              assertThat(schema.getFields())
                  .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
            });
  }

  private static Stream<Schema> named(Schema schema) {
    return switch (schema.getType()) {
      case RECORD ->
          Stream.concat(
              Stream.of(schema), schema.getFields().stream().flatMap(f -> named(f.schema())));
      case UNION -> schema.getTypes().stream().flatMap(SchemaHistoryTest::named);
      case ARRAY -> named(schema.getElementType());
      case MAP -> named(schema.getValueType());
      case ENUM -> Stream.of(schema);
      default -> Stream.empty();
    };
  }

  private static void addToHistory(Schema schema, List<Schema> versions) throws IOException {
    if (!newest(versions).equals(text(schema))) {
      Path file = SOURCES.resolve(SchemaHistory.file(schema.getName(), versions.size() + 1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(schema) + "\n");
    }
  }

  private static String newest(List<Schema> versions) {
    return versions.isEmpty() ? "" : text(versions.get(versions.size() - 1));
  }

  private static String text(Schema schema) {
    return SchemaFormatter.format("json/pretty", schema);
  }
}
