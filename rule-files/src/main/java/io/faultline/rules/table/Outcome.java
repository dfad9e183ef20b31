package io.faultline.rules.table;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.retry.Decision;
import java.util.List;
import java.util.Optional;

/**
 * What the rules made of a case.
 *
 * @param tested the case
 * @param classification empty without categories, and where there is no evidence
 * @param decision empty without a policy
 * @param differences from what is expected; none where the case passes
 * @param notes why the expected rule did not decide, a line each; none where the case passes
 */
public record Outcome(
    RuleCase tested,
    Optional<Classification> classification,
    Optional<Decision> decision,
    List<Difference> differences,
    List<String> notes) {

  /** Copies the lists. */
  public Outcome {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Whether all is as expected. */
  public boolean passed() {
    return differences.isEmpty();
  }
}
