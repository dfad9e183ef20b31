package io.faultline.cli.up;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Manifests of JobSets: those beside these tests, and made ones. */
final class Manifests {

  private Manifests() {}

  /** One of those beside these tests. */
  static String text(String name) throws IOException {
    try (InputStream in = Manifests.class.getResourceAsStream("jobsets/" + name + ".yaml")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A made one; of each replicated job its name, replicas and what its pods play. */
  static String of(String name, String policy, String... jobs) {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\n");
    text.append("metadata: {name: %s}\nspec:\n".formatted(name));
    text.append("  failurePolicy: %s\n  replicatedJobs:\n".formatted(policy));
    for (String job : jobs) {
      Object[] words = job.split(" ");
      text.append("    - name: %s\n      replicas: %s\n".formatted(words));
      text.append(
          "      template: {spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never,");
      text.append(
          " containers: [{name: main, image: 'a:1', command: [play, '%3$s']}]}}}}\n"
              .formatted(words));
    }
    return text.toString();
  }
}
