package io.faultline.domain.classify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run whose failure was counted, and what was said of it, without its texts: so a repeat of the
 * report is told apart, and gets the same classification.
 *
 * @param errorId the report that was counted
 * @param categoriesName the set of categories that was used; empty when there was none
 * @param categoriesRevision its revision; 0 when there was none
 * @param category what it was; may be empty
 * @param subcategory may be empty
 * @param categories every category with a matching rule
 * @param hint may be empty
 * @param action what to do with its pod
 * @param rule the rule that matched; null when none did
 * @param fatal whether its category says that another try can't help
 * @param at when it was counted; it is forgotten some time after
 */
public record CountedRun(
    String errorId,
    String categoriesName,
    long categoriesRevision,
    String category,
    String subcategory,
    List<String> categories,
    String hint,
    PodAction action,
    @Nullable RuleRef rule,
    boolean fatal,
    Instant at) {

  /** Copies the list. */
  public CountedRun {
    categories = List.copyOf(categories);
  }

  /** What is remembered of a failure that is counted now. */
  public static CountedRun of(
      String errorId,
      String categoriesName,
      long categoriesRevision,
      Classification classification,
      Instant at) {
    FailureInfo info = classification.info();
    return new CountedRun(
        errorId,
        categoriesName,
        categoriesRevision,
        info.category(),
        info.subcategory(),
        info.categories(),
        info.hint(),
        classification.action(),
        classification.rule(),
        classification.fatal(),
        at);
  }

  /**
   * The classification of a repeat of the report.
   *
   * @param bare the report's texts, classified with categories off
   */
  public Classification again(Classification bare) {
    FailureInfo seen = bare.info();
    FailureInfo info =
        new FailureInfo(
            seen.exitCode(),
            seen.terminationMessage(),
            seen.containerName(),
            category,
            subcategory,
            categories,
            hint);
    return new Classification(
        info, action, FailureText.withHint(bare.message(), hint), rule, fatal);
  }
}
