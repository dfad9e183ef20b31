package io.faultline.rules.group;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;

/** How long the policies of a set can be: its definition is one record on a topic. */
public final class PolicySize {

  /** In characters of JSON. */
  public static final int MOST = 1 << 20;

  private PolicySize() {}

  /**
   * Refuses policies that are longer.
   *
   * @throws RuleFileException with the place
   */
  public static void check(YamlNode at, long characters) {
    if (characters > MOST) {
      throw at.problem(
          "the policies of the set have " + characters + " characters as JSON; allowed: " + MOST);
    }
  }
}
