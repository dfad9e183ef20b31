package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The document that describes all routes: {@code openapi.yaml} beside this class. */
final class OpenApi {

  private static final String FILE = "openapi.yaml";

  private OpenApi() {}

  static ObjectNode document(String version) {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      ObjectNode document =
          (ObjectNode) YamlJson.of(YamlFile.read(FILE, in.readAllBytes()).single());
      ((ObjectNode) document.get("info")).put("version", version);
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
