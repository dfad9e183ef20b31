package io.faultline.cli.online;

import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.rules.resource.ResourceHead;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** The name of the cordon that the command makes of a queue or an executor. */
final class CordonName {

  private static final int HASH = 8;

  private CordonName() {}

  /** {@code queue-NAME}; where that is no DNS label, one that follows from it and no other has. */
  static String of(Target target, String name) {
    String plain = target.word() + "-" + name;
    if (ResourceHead.isDnsLabel(plain)) {
      return plain;
    }
    String hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    String label = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    int most = 62 - HASH;
    return label.substring(0, Math.min(most, label.length())) + "-" + hash.substring(0, HASH);
  }
}
