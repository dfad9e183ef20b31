package io.faultline.cli.up;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The manifests beside these tests. */
final class Manifests {

  private Manifests() {}

  /** One of them. */
  static String text(String name) throws IOException {
    try (InputStream in = Manifests.class.getResourceAsStream("jobsets/" + name + ".yaml")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
