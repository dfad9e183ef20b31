package io.faultline.rules.policy;

import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Locale;

/**
 * A word as Armada's files spell it: in any case, with or without underscores, with the prefix of
 * its generated name, or as that name's number.
 *
 * @param prefix for example {@code RETRY_ACTION_}
 * @param words in the order of their numbers, from 1
 */
record PeerWord(String what, String prefix, List<String> words) {
  static final PeerWord ACTION = new PeerWord("action", "RETRY_ACTION_", List.of("Fail", "Retry"));
  static final PeerWord OPERATOR =
      new PeerWord("operator", "EXIT_CODE_OPERATOR_", List.of("In", "NotIn"));

  /** The word's place in the list. */
  int read(YamlNode node) {
    if (node.type() == YamlNode.Type.NUMBER) {
      return (int) node.integer(1, words.size()) - 1;
    }
    String text = plain(node.text());
    for (int i = 0; i < words.size(); i++) {
      String word = plain(words.get(i));
      if (text.equals(word) || text.equals(plain(prefix) + word)) {
        return i;
      }
    }
    throw node.problem(
        "unknown " + what + " " + node.shown() + "; allowed: " + String.join(", ", words));
  }

  private static String plain(String text) {
    return text.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
