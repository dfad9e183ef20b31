package io.faultline.rules.table;

import io.faultline.domain.retry.RetryCounts;
import io.faultline.rules.json.RecordedFailure;
import java.util.List;
import java.util.Optional;

/**
 * One case of a table test.
 *
 * @param name unique in its file
 * @param line where it stands, from 1
 * @param column where it stands, in characters, from 1
 * @param failure what happened; empty for no evidence at all
 * @param counts what the job has used so far
 * @param globalMaxRetries the cap over all policies
 * @param expectations at least one
 */
public record RuleCase(
    String name,
    int line,
    int column,
    Optional<RecordedFailure> failure,
    RetryCounts counts,
    int globalMaxRetries,
    List<Expectation> expectations) {

  /** Copies the list. */
  public RuleCase {
    expectations = List.copyOf(expectations);
  }

  /** What is expected of a field; empty where the case says nothing of it. */
  Optional<Expectation> expected(ExpectedField field) {
    return expectations.stream().filter(e -> e.field() == field).findFirst();
  }
}
