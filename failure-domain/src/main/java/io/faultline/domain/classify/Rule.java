package io.faultline.domain.classify;

import io.faultline.domain.classify.matcher.Matcher;

/**
 * One rule of a category.
 *
 * @param matcher what it asks
 * @param subcategory what it gives besides the category; empty for none, at most 63 bytes
 * @param hint what the user may do; empty for none
 */
public record Rule(Matcher matcher, String subcategory, String hint) {

  /** Refuses names that can't be kept. */
  public Rule {
    Names.check("subcategory", subcategory);
    Names.refuseNul("hint", hint);
  }
}
