package io.faultline.rules.table;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.json.RecordedFailure;
import java.util.List;
import java.util.Optional;

/**
 * A table test of rules. At least one of categories and policy is there.
 *
 * @param file its name as the user knows it
 * @param categories what classifies; where there are none, a policy is asked with the category that
 *     the case's failure names
 * @param policies what decides, in the order they are asked; none where nothing does
 * @param cases at least one, each of another name
 */
public record RuleTest(
    String file,
    Optional<Categories> categories,
    List<RetryPolicy> policies,
    List<RuleCase> cases) {
  private static final RetrySettings DEFAULTS = RetrySettings.DEFAULTS;

  /** Copies the lists. */
  public RuleTest {
    policies = List.copyOf(policies);
    cases = List.copyOf(cases);
  }

  /** What the rules make of a case, and how it differs from what is expected. */
  public Outcome judge(RuleCase tested) {
    Optional<Classification> classification =
        categories.flatMap(
            rules -> tested.failure().map(f -> Classifier.classify(rules, f.evidence())));
    Optional<Decision> decision =
        policies.isEmpty() ? Optional.empty() : Optional.of(decide(tested, classification));
    List<Difference> differences =
        tested.expectations().stream()
            .flatMap(expected -> expected.difference(classification, decision).stream())
            .toList();
    List<String> notes =
        differences.isEmpty()
            ? List.of()
            : categories
                .map(rules -> new Nearest(rules, tested, classification).notes())
                .orElse(List.of());
    return new Outcome(tested, classification, decision, differences, notes);
  }

  private Decision decide(RuleCase tested, Optional<Classification> classification) {
    RetrySettings settings =
        new RetrySettings(
            true,
            tested.globalMaxRetries(),
            "",
            DEFAULTS.maxAttemptedRuns(),
            DEFAULTS.podNamePrefix());
    FailureSignals signals =
        tested.failure().map(failure -> signals(failure, classification)).orElse(null);
    return RetryEngine.decide(settings, policies, signals, tested.counts(), false);
  }

  private static FailureSignals signals(
      RecordedFailure failure, Optional<Classification> classification) {
    return classification
        .map(found -> failure.signals(found.info(), found.fatal()))
        .orElseGet(failure::signals);
  }
}
