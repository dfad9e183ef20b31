package io.faultline.domain.classify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A set of categories, ready to classify by. Immutable; used by many threads at once. */
public final class Categories {
  private static final Categories OFF = new Categories(false, "", "", List.of());

  private final boolean enabled;
  private final String defaultCategory;
  private final String defaultSubcategory;
  private final List<Category> categories;
  private final RuleIndex index;

  private Categories(
      boolean enabled,
      String defaultCategory,
      String defaultSubcategory,
      List<Category> categories) {
    this.enabled = enabled;
    this.defaultCategory = defaultCategory;
    this.defaultSubcategory = defaultSubcategory;
    this.categories = List.copyOf(categories);
    this.index = new RuleIndex(this.categories);
  }

  /** None, or none that is enabled: no category of any kind on anything. */
  public static Categories off() {
    return OFF;
  }

  /**
   * A set that is enabled.
   *
   * @param defaultCategory of a failure that no rule matches; may be empty
   * @param defaultSubcategory given with the default, even where that is empty; may be empty
   * @param categories in the order of the file; may be none
   * @throws IllegalArgumentException where a name is repeated or too long
   */
  public static Categories of(
      String defaultCategory, String defaultSubcategory, List<Category> categories) {
    Names.check("defaultCategory", defaultCategory);
    Names.check("defaultSubcategory", defaultSubcategory);
    Set<String> names = new HashSet<>();
    for (Category category : categories) {
      if (!names.add(category.name())) {
        throw new IllegalArgumentException("the category \"" + category.name() + "\" is repeated");
      }
    }
    return new Categories(true, defaultCategory, defaultSubcategory, categories);
  }

  /** Whether anything is classified at all. */
  public boolean enabled() {
    return enabled;
  }

  /** What a failure gets that no rule matches; may be empty. */
  public String defaultCategory() {
    return defaultCategory;
  }

  /** Given with the default; may be empty. */
  public String defaultSubcategory() {
    return defaultSubcategory;
  }

  /** In the order of the file. */
  public List<Category> categories() {
    return categories;
  }

  RuleIndex index() {
    return index;
  }
}
