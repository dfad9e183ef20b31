package io.faultline.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every version of a schema that was ever released, kept beside the code: what older programs wrote
 * into topics and state stores stays readable, and a test holds new versions to it.
 */
final class SchemaHistory {

  private SchemaHistory() {}

  /** The versions of a record, oldest first; empty where none was released. */
  static List<Schema> of(String recordName) {
    List<Schema> versions = new ArrayList<>();
    while (true) {
      try (InputStream in =
          SchemaHistory.class.getResourceAsStream(file(recordName, versions.size() + 1))) {
        if (in == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("reading our own resources failed", e);
      }
    }
  }

  /** The resource of one version, beside this class. */
  static String file(String recordName, int version) {
    return "history/" + recordName + "-" + version + ".avsc";
  }
}
