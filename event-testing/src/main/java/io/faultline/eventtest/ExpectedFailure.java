package io.faultline.eventtest;

import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.table.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a {@code failed} event. Whether it is retryable is always compared, for a
 * test that awaits a job's end must not take a failure for it after which the job goes on.
 *
 * @param categories all of them, in any order; null where anything will do
 * @param category empty where anything will do
 * @param subcategory empty where anything will do
 * @param reason found somewhere in the reason or in the message; null where anything will do
 * @param retryable whether the job goes on
 * @param decision null where any will do
 */
record ExpectedFailure(
    @Nullable List<String> categories,
    String category,
    String subcategory,
    @Nullable Re2Pattern reason,
    boolean retryable,
    @Nullable ExpectedDecision decision) {

  /** Any that is the job's end. */
  static final ExpectedFailure TERMINAL = new ExpectedFailure(null, "", "", null, false, null);

  /** Copies and sorts the list. */
  ExpectedFailure {
    categories = categories == null ? null : categories.stream().sorted().toList();
  }

  ExpectedFailure withCategories(List<String> all) {
    return new ExpectedFailure(all, category, subcategory, reason, retryable, decision);
  }

  ExpectedFailure withCategory(String name) {
    return new ExpectedFailure(categories, name, subcategory, reason, retryable, decision);
  }

  ExpectedFailure withSubcategory(String name) {
    return new ExpectedFailure(categories, category, name, reason, retryable, decision);
  }

  ExpectedFailure withReason(Re2Pattern pattern) {
    return new ExpectedFailure(categories, category, subcategory, pattern, retryable, decision);
  }

  ExpectedFailure asRetryable() {
    return new ExpectedFailure(categories, category, subcategory, reason, true, decision);
  }

  ExpectedFailure withDecision(String field, @Nullable Object value) {
    ExpectedDecision all = decision == null ? new ExpectedDecision(Map.of()) : decision;
    return new ExpectedFailure(
        categories, category, subcategory, reason, retryable, all.with(field, value));
  }

  /** What differs, each by name; empty where the failure is as expected. */
  List<Difference> differences(Failure actual) {
    List<Difference> differences = new ArrayList<>();
    if (categories != null) {
      compare(differences, "categories", categories, actual.categories());
    }
    if (!category.isEmpty()) {
      compare(differences, "failureCategory", category, actual.category());
    }
    if (!subcategory.isEmpty()) {
      compare(differences, "failureSubcategory", subcategory, actual.subcategory());
    }
    if (reason != null && !reason.find(actual.reason()) && !reason.find(actual.message())) {
      differences.add(new Difference("reason", "a match of " + reason.source(), actual.why()));
    }
    compare(differences, "retryable", retryable, actual.retryable());
    if (decision != null) {
      decision.compare(actual.decision(), differences);
    }
    return differences;
  }

  private static void compare(
      List<Difference> differences, String field, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      differences.add(new Difference(field, expected.toString(), actual.toString()));
    }
  }

  /** Whether it asks for more of the decision than the event itself carries. */
  boolean asksForDecision() {
    return decision != null
        && decision.fields().keySet().stream().anyMatch(f -> !f.equals(ExpectedDecision.POLICY));
  }
}
