package io.faultline.rules.jobset;

import io.faultline.domain.workload.JobSetSpec;
import io.faultline.rules.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Manifests of sets: shapes and facts of JobSet's own examples, in few words. */
final class Manifests {

  private Manifests() {}

  static String text(String name) {
    try (InputStream in = Manifests.class.getResourceAsStream("manifests/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JobSetSpec read(String text) {
    return JobSetReader.read(YamlFile.read("jobset.yaml", text).single());
  }

  static JobSetSpec named(String name) {
    return read(text(name));
  }
}
