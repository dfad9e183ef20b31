package io.faultline.rules.resource;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.regex.Pattern;

/** What every resource begins with: {@code apiVersion}, {@code kind} and {@code name}. */
public final class ResourceHead {
  /** What {@code apiVersion} may be; Armada's own examples have the last two. */
  public static final List<String> API_VERSIONS =
      List.of("faultline.io/v1", "armadaproject.io/v1beta1", "armadaproject.io/v1");

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private ResourceHead() {}

  /**
   * Refuses another version or kind. Both may be absent where it is known what the file must be.
   *
   * @throws RuleFileException where one is written and is another
   */
  public static void check(YamlMap map, String kind) {
    map.find("apiVersion").ifPresent(n -> n.word("apiVersion", API_VERSIONS, v -> v));
    map.find("kind").ifPresent(n -> n.word("kind", List.of(kind), k -> k));
  }

  /**
   * The resource's name.
   *
   * @throws RuleFileException where it is missing or no DNS label
   */
  public static String name(YamlMap map) {
    return dnsLabel(map.require("name"));
  }

  /** A name that is a DNS label. */
  public static String dnsLabel(YamlNode node) {
    String name = node.text();
    if (!isDnsLabel(name)) {
      throw node.problem(
          "a name is a DNS label: lower-case letters, digits and -, at most 63, not "
              + node.shown());
    }
    return name;
  }

  /** Whether a name is lower-case letters, digits and {@code -} inside, 1 to 63 of them. */
  public static boolean isDnsLabel(String name) {
    return DNS_LABEL.matcher(name).matches();
  }
}
