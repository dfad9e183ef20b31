package io.faultline.domain.classify;

import java.util.List;

/**
 * A category and the rules that lead to it.
 *
 * @param name 1 to 63 bytes of UTF-8
 * @param action what is done with the failed pod
 * @param fatal whether another try can't help
 * @param rules at least one, in the order of the file
 */
public record Category(String name, PodAction action, boolean fatal, List<Rule> rules) {

  /** Copies the list, and refuses what a file may not hold. */
  public Category {
    rules = List.copyOf(rules);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a category needs a name");
    }
    Names.check("name", name);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("category \"" + name + "\" needs at least one rule");
    }
  }
}
