package io.faultline.classifier.categories;

import io.faultline.domain.classify.Categories;

/**
 * A set of categories that classifies now.
 *
 * @param name its name; empty when there is none
 * @param revision its revision; 0 when there is none
 * @param categories the set
 */
public record CategoriesInForce(String name, long revision, Categories categories) {

  /** There is none: nothing has a category. */
  public static final CategoriesInForce NONE = new CategoriesInForce("", 0, Categories.off());
}
