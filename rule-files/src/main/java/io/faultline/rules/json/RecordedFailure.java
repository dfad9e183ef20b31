package io.faultline.rules.json;

import io.faultline.domain.evidence.Evidence;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failure as people write it for {@code decide} and for tests of rules: the evidence, with what
 * classification found where that is known.
 *
 * @param evidence what was seen
 * @param category empty where not known or none
 * @param subcategory empty where not known or none
 */
public record RecordedFailure(Evidence evidence, String category, String subcategory) {
  private static final List<String> KEYS = new ArrayList<>(EvidenceReader.KEYS);

  static {
    KEYS.addAll(1, List.of("category", "subcategory"));
  }

  /**
   * Reads a failure; empty for {@code null}, which is no evidence.
   *
   * @throws RuleFileException where a key is unknown or a value is not what it must be
   */
  public static Optional<RecordedFailure> read(YamlNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    YamlMap map = node.map().only(KEYS);
    return Optional.of(
        new RecordedFailure(
            EvidenceReader.readKnown(map),
            map.textOrEmpty("category"),
            map.textOrEmpty("subcategory")));
  }
}
