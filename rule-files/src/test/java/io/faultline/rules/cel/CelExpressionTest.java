package io.faultline.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.retry.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          failure.kind == 'PodFailed' ~ failure.kind = "PodFailed"
          failure.category == 'gpu' && failure.subcategory == 'transient' ~ failure.category = "gpu", failure.subcategory = "transient"
          'net' in failure.categories ~ failure.categories = [gpu, net]
          !failure.fatal ~ failure.fatal = false
          failure.podReason == 'Evicted' ~ failure.podReason = "Evicted"
          failure.podMessage.contains('low on') ~ failure.podMessage = "the node was low on memory"
          failure.podError == '' ~ failure.podError = ""
          failure.node == run.node ~ failure.node = "node-7", run.node = "node-7"
          failure.exitCode in [74, 75] ~ failure.exitCode = 74
          failure.terminationMessage.matches('(?i)ECC') ~ failure.terminationMessage = "cuda: ecc error"
          failure.containerName.startsWith('ma') ~ failure.containerName = "main"
          failure.containers[0].exitCode == 74 ~ size(failure.containers) = 2, failure.containers[0].exitCode = 74
          failure.containers.exists(c, c.signal == 9) ~ size(failure.containers) = 2, failure.containers[0].signal = 9
          failure.containers.exists(c, c.init) ~ size(failure.containers) = 2, failure.containers[0].init = false, failure.containers[1].init = true
          failure.containers.exists_one(c, has(c.exitCode)) ~ size(failure.containers) = 2, failure.containers[0].exitCode = 74, failure.containers[1].exitCode = none
          failure.events.all(e, e.type == 'Warning') ~ size(failure.events) = 1, failure.events[0].type = "Warning"
          job.id == 'j-1' && job.queue == 'research' && job.jobSet == 'set-1' ~ job.id = "j-1", job.queue = "research", job.jobSet = "set-1"
          !has(job.gangId) && job.gangId == '' ~ job.gangId = none
          run.id == 'r-1' && run.index == 2 && run.podName.endsWith('-2') ~ run.id = "r-1", run.index = 2, run.podName = "armada-j-1-0-2"
          run.executor == 'ex-1' && run.cluster == 'c-1' && run.namespace == 'ns-1' ~ run.executor = "ex-1", run.cluster = "c-1", run.namespace = "ns-1"
          counts.job == 3 && counts.jobCategory < counts.job ~ counts.job = 3, counts.jobCategory = 2
          rates.nodeHour > 3 && counts.job < 5 ~ rates.nodeHour = 4, counts.job = 3
          rates.queueCategoryHour == 12 ~ rates.queueCategoryHour = 12
          size(history) == 2 ~ size(history) = 2
          history[0].at < history[1].at ~ size(history) = 2, history[0].at = 2026-03-01T09:59:40Z, history[1].at = 2026-03-01T09:59:50Z
          history[1].at - history[0].at == duration('10s') ~ size(history) = 2, history[1].at = 2026-03-01T09:59:50Z, history[0].at = 2026-03-01T09:59:40Z
          history.exists(h, !has(h.exitCode) && h.kind == 'LeaseExpired') ~ size(history) = 2, history[0].exitCode = 74, history[1].exitCode = none, history[1].kind = "LeaseExpired"
          history.filter(h, h.rule == 'rule-1').map(h, h.node) == ['node-0', 'node-1'] ~ size(history) = 2, history[0].rule = "rule-1", history[1].rule = "rule-1", history[0].node = "node-0", history[1].node = "node-1"
          {'gpu': 5, 'net': 2}[failure.category] > counts.job ~ failure.category = "gpu", counts.job = 3
          has(failure.events) && !has(failure.podError) ~ size(failure.events) = 1, failure.podError = none
          timestamp('2026-01-01T00:00:00Z') < history[0].at ~ size(history) = 2, history[0].at = 2026-03-01T09:59:40Z
          failure.events == failure.events ~ size(failure.events) = 1
          failure.exitCode == 1 || has(failure.exitCode) ~ failure.exitCode = 74
          """)
  void whatIsKnownCanBeAskedAndTheValuesReadAreTold(String source, String saw) {
    Expression.Answer answer = CelExpression.compile(source).ask(Contexts.full());
    assertThat(answer.holds()).as(answer.saw()).isTrue();
    assertThat(answer.saw()).isEqualTo(saw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          failure.containers[1].exitCode == 0 ~ error: failure.containers[1] has no exitCode; size(failure.containers) = 2, failure.containers[1].exitCode = none
          history[2].node == 'x' ~ error: Index out of bounds: 2; size(history) = 2
          {'net': 2}[failure.category] > 1 ~ error: no such key: gpu; failure.category = "gpu"
          1 / (counts.job - 3) == 1 ~ error: / by zero; counts.job = 3
          9223372036854775807 + counts.job > 0 ~ error: long overflow; counts.job = 3
          int(failure.category) == 1 ~ error: For input string: "gpu"; failure.category = "gpu"
          timestamp(failure.node) < history[0].at ~ error: Text 'node-7' could not be parsed at index 0; failure.node = "node-7"
          """)
  void whatThrowsDoesNotHoldAndSaysWhy(String source, String saw) {
    assertThat(CelExpression.compile(source).ask(Contexts.full()))
        .isEqualTo(new Expression.Answer(false, saw));
  }

  @Test
  void anErrorBesideWhatDecidesIsPassedOver() {
    assertThat(
            CelExpression.compile("failure.containers[1].exitCode == 0 || counts.job == 3")
                .ask(Contexts.full())
                .holds())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          failure.categry == 'x' ~ at 1:8: unknown field "categry" of Failure (did you mean category?); allowed: kind, category, subcategory, categories, fatal, podReason, podMessage, podError, node, exitCode, terminationMessage, containerName, containers, events
          true && failure.events.exists(e, e.typ == 'x') ~ at 1:35: unknown field "typ" of Event (did you mean type?); allowed: type, reason, message
          history[0].when == 1 ~ at 1:11: unknown field "when" of PastFailure; allowed: kind, category, subcategory, exitCode, node, at, rule
          failur.kind == '' ~ at 1:1: unknown name "failur" (did you mean failure?); allowed: failure, job, run, counts, rates, history
          now > history[0].at ~ at 1:1: unknown name "now"; allowed: failure, job, run, counts, rates, history
          now() > history[0].at ~ at 1:4: unknown function "now"
          dyn(failure).x == 1 ~ at 1:4: unknown function "dyn"
          failure.kind.lower() == '' ~ at 1:19: unknown function "lower"
          failure ~ at 1:1: true or false is expected, not Failure
          counts.job ~ at 1:7: true or false is expected, not int
          counts.job > 'a' ~ at 1:12: found no matching overload for '_>_' applied to '(int, string)'
          failure.kind == null ~ at 1:14: found no matching overload for '_==_' applied to '(string, null)'
          failure.kind.x == 1 ~ at 1:13: type 'string' does not support field selection
          failure.kind.matches(failure.category) ~ at 1:29: the pattern of matches must stand here as text in quotes
          failure.kind.matches('(?=x)') ~ at 1:22: "(?=x)" is not an RE2 pattern: invalid or unsupported Perl syntax: `(?=`
          [1, 'a'] == [1] ~ at 1:1: items of one known type are expected
          [].exists(x, x.foo == 1) ~ at 1:1: items of one known type are expected
          history.map(h, history) == [] ~ at 1:12: lists and maps can't hold lists or maps: list
          Failure{kind: 'x'} == failure ~ at 1:8: a value of a type can't be made here
          history.all(a, history.all(b, history.all(c, history.all(d, true)))) ~ at 1:57: lists are gone through 4 levels deep (all, exists, exists_one, map, filter); at most 3 are allowed
          """)
  void whatIsNotMeantIsRefusedWithItsPlaceAndWhatIsAllowed(String source, String problem) {
    assertThatThrownBy(() -> CelExpression.compile(source))
        .isInstanceOf(BadExpressionException.class)
        .hasMessage(problem);
  }

  @Test
  void thePlaceInASecondLineIsNamed() {
    assertThatThrownBy(() -> CelExpression.compile("counts.job > 1 &&\n  counts.jobb > 1"))
        .hasMessageStartingWith("at 2:9: unknown field \"jobb\" of Counts (did you mean job?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts.job +", "'", "a b", ")", "counts.job > 1 &&& true", "\u0000"})
  void whatIsNoCelIsRefusedWithItsPlace(String source) {
    assertThatThrownBy(() -> CelExpression.compile(source))
        .isInstanceOf(BadExpressionException.class)
        .hasMessageMatching("at 1:\\d+: .+");
  }

  @Test
  void twoAreEqualWhenTheyAreWrittenAlike() {
    assertThat(CelExpression.compile("counts.job > 1"))
        .isEqualTo(CelExpression.compile("counts.job > 1"))
        .isNotEqualTo(CelExpression.compile("counts.job > 2"));
  }

  @Test
  void whatAsksNothingOfAFailureIsKnown() {
    assertThat(CelExpression.compile("[1, 2].exists(x, x > 1)").constant()).isTrue();
    assertThat(CelExpression.compile("history.exists(x, true)").constant()).isFalse();
  }
}
