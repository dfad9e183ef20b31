package io.faultline.domain.classify;

import io.faultline.domain.evidence.InternalCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules, the system's own name and the default come to, before it is told with the evidence.
 *
 * @param categories sorted, without repeats
 * @param rule null where none matched
 * @param fatal whether the category says that another try can't help
 */
record Verdict(
    String category,
    String subcategory,
    List<String> categories,
    String hint,
    PodAction action,
    @Nullable RuleRef rule,
    boolean fatal) {

  private static final String INTERNAL = "internal";

  /** No category of any kind. */
  static final Verdict NONE = byDefault("", "");

  static Verdict byDefault(String category, String subcategory) {
    return new Verdict(category, subcategory, List.of(), "", PodAction.RETAIN, null, false);
  }

  static Verdict internal(InternalCause cause) {
    return new Verdict(
        INTERNAL, cause.subcategory(), List.of(INTERNAL), "", PodAction.RETAIN, null, false);
  }

  static Verdict byRule(RuleIndex.Place first, List<String> categories) {
    Category category = first.category();
    return new Verdict(
        category.name(),
        first.rule().subcategory(),
        categories,
        first.rule().hint(),
        category.action(),
        first.ref(),
        category.fatal());
  }
}
