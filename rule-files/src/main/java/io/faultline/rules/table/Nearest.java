package io.faultline.rules.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Category;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.Rule;
import io.faultline.domain.classify.RuleRef;
import io.faultline.domain.evidence.Evidence;
import io.faultline.rules.json.RecordedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why the rule that a case expects did not decide: the rules of its category, one by one. */
final class Nearest {
  /** More rules than a person reads. */
  private static final int MOST_RULES = 10;

  private final Categories categories;
  private final RuleCase tested;
  private final Optional<Classification> classification;
  private final List<String> notes = new ArrayList<>();

  Nearest(Categories categories, RuleCase tested, Optional<Classification> classification) {
    this.categories = categories;
    this.tested = tested;
    this.classification = classification;
  }

  /** A line each; none where there is nothing to add to what was found. */
  List<String> notes() {
    if (!categories.enabled()) {
      notes.add("the categories are not enabled, so nothing gets one; write \"enabled: true\"");
      return notes;
    }
    tested
        .failure()
        .map(RecordedFailure::category)
        .filter(category -> !category.isEmpty())
        .ifPresent(
            category ->
                notes.add(
                    "the failure's own category, "
                        + category
                        + ", is not asked: the categories of this test classify it"));
    String category = expectedCategory();
    if (tested.failure().isPresent() && !category.isEmpty()) {
      categories.categories().stream()
          .filter(c -> c.name().equals(category))
          .findFirst()
          .ifPresentOrElse(
              c -> rulesOf(c, tested.failure().get().evidence()), () -> unknown(category));
    }
    return notes;
  }

  /** That of the case, by whatever it says of it; the found one where it only says an index. */
  private String expectedCategory() {
    Optional<JsonNode> rule = tested.expected(ExpectedField.RULE).map(Expectation::value);
    return rule.map(r -> r.path("category").asText(""))
        .filter(name -> !name.isEmpty())
        .or(() -> tested.expected(ExpectedField.CATEGORY).map(e -> e.value().asText()))
        .or(() -> rule.filter(JsonNode::isNumber).flatMap(r -> found()).map(RuleRef::category))
        .orElse("");
  }

  private Optional<RuleRef> found() {
    return classification.map(Classification::rule).filter(Objects::nonNull);
  }

  private void rulesOf(Category category, Evidence evidence) {
    int wanted =
        tested
            .expected(ExpectedField.RULE)
            .map(Expectation::value)
            .map(r -> r.isNumber() ? r.asInt() : r.path("index").asInt(-1))
            .orElse(-1);
    if (found().map(ref -> ref.category().equals(category.name())).orElse(false) && wanted < 0) {
      return; // another field differs, not which rule decides
    }
    if (wanted >= category.rules().size()) {
      notes.add(category.name() + " has " + category.rules().size() + " rules, from 0");
      return;
    }
    int from = Math.max(0, wanted);
    int to = wanted < 0 ? category.rules().size() : wanted + 1;
    for (int i = from; i < Math.min(to, from + MOST_RULES); i++) {
      rule(category, i, evidence);
    }
    if (to - from > MOST_RULES) {
      notes.add("and " + (to - from - MOST_RULES) + " further rules of " + category.name());
    }
  }

  private void rule(Category category, int index, Evidence evidence) {
    Rule rule = category.rules().get(index);
    RuleRef ref = new RuleRef(category.name(), index);
    if (found().filter(ref::equals).isPresent()) {
      return;
    }
    notes.add(
        "%s, rule %d, %s: %s"
            .formatted(
                category.name(),
                index,
                rule.matcher().matches(evidence)
                    ? "matches too, but comes later"
                    : "does not match",
                MatcherText.of(rule.matcher())));
  }

  private void unknown(String category) {
    if (!category.equals("internal") && !category.equals(categories.defaultCategory())) {
      notes.add(
          "no category is named "
              + category
              + "; there are: "
              + String.join(", ", categories.categories().stream().map(Category::name).toList()));
    }
  }
}
