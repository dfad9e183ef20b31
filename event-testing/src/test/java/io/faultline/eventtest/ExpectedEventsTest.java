package io.faultline.eventtest;

import static io.faultline.eventtest.ExpectedEvents.event;
import static io.faultline.eventtest.ExpectedEvents.failed;
import static io.faultline.eventtest.ExpectedEvents.running;
import static io.faultline.eventtest.ExpectedEvents.submitted;
import static io.faultline.eventtest.ExpectedEvents.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.rules.yaml.YamlFile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What code expects is what files expect. */
class ExpectedEventsTest {

  static Stream<Arguments> asInFiles() {
    return Stream.of(
        Arguments.of("running: {within: 30s}", running().within(Duration.ofSeconds(30))),
        Arguments.of("failed:", failed()),
        Arguments.of("failed: {categories: []}", failed().withCategories()),
        Arguments.of("failed: {categories: [oom, gpu]}", failed().withCategories("oom", "gpu")),
        Arguments.of("failed: {failureCategory: oom}", failed().withCategory("oom")),
        Arguments.of("failed: {failureSubcategory: x}", failed().withSubcategory("x")),
        Arguments.of(
            "failed: {retryable: true, count: 2, within: 1.5s}",
            failed().retryable().times(2).within(Duration.ofMillis(1500))),
        Arguments.of(
            "failed: {decision: {policy: ml, rule: again}}",
            failed().withPolicy("ml").withDecision("rule", "again")),
        Arguments.of(
            "failed: {decision: {rule: 2, retriesUsed: 1}}",
            failed().withDecision("rule", 2).withDecision("retriesUsed", 1)),
        Arguments.of("failed: {decision: {rule: null}}", failed().withDecision("rule", null)),
        Arguments.of(
            "failed: {decision: {mutations: {memory: {factor: 2}}}}",
            failed().withDecision("mutations", Map.of("memory", Map.of("factor", 2)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void asInFiles(String yaml, ExpectedEvent inCode) {
    EventTest inFile =
        EventTestReader.read(
            YamlFile.read("spec.yaml", "expectedEvents:\n  - submitted:\n  - " + yaml));
    assertThat(List.of(submitted(), inCode)).isEqualTo(inFile.expected());
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void everyKindCanBeExpected(EventKind kind) {
    EventTest inFile =
        EventTestReader.read(YamlFile.read("spec.yaml", "expectedEvents: [" + kind.word() + ": ]"));
    assertThat(inFile.expected()).containsExactly(event(kind));
  }

  @Test
  void eachFactoryIsNamedAfterItsKind() throws ReflectiveOperationException {
    List<String> words =
        Arrays.stream(ExpectedEvents.class.getMethods())
            .filter(m -> m.getReturnType() == ExpectedEvent.class && m.getParameterCount() == 0)
            .map(java.lang.reflect.Method::getName)
            .toList();
    assertThat(words).contains("submitted", "leaseReturned", "retryScheduled").hasSize(11);
    for (String word : words) {
      Object made = ExpectedEvents.class.getMethod(word).invoke(null);
      assertThat(made).isEqualTo(event(EventKind.of(word).orElseThrow()));
    }
  }

  @Test
  void aReasonIsAPatternOfRe2() {
    assertThat(failed().withReason("exit.*74").failure().reason().source()).isEqualTo("exit.*74");
  }

  @Test
  void anEventStaysAsItWasWhenMoreIsSaid() {
    ExpectedEvent any = failed();
    ExpectedEvent oom = any.withCategory("oom");
    assertThat(oom.retryable().failure().retryable()).isTrue();
    assertThat(oom.failure().retryable()).isFalse();
    assertThat(any).isEqualTo(failed());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row("running has no categories; only failed", () -> running().withCategories("oom")),
        row("running has no retryable; only failed", () -> running().retryable()),
        row("running has no decision; only failed", () -> running().withPolicy("ml")),
        row("category: a text is expected, not \"\"", () -> failed().withCategories("a", "")),
        row("subcategory: a text is expected", () -> failed().withSubcategory("")),
        row("reason: \"(\" is ", () -> failed().withReason("(")),
        row("reason: a text is expected, not \"\"", () -> failed().withReason("")),
        row("count is from 1 to 1000000, not 0", () -> failed().times(0)),
        row("count is from 1 to 1000000, not 1000001", () -> failed().times(1_000_001)),
        row("running: within takes more", () -> running().within(Duration.ZERO)),
        row("running: within takes more", () -> running().within(Duration.ofSeconds(-1))),
        row("unknown field \"by\"", () -> failed().withDecision("by", "me")),
        row(
            "decision.retriesUsed: a whole number from 0 is expected, not -1",
            () -> failed().withDecision("retriesUsed", -1)),
        row("decision.mutations: a map", () -> failed().withDecision("mutations", "none")),
        row("decision.rule: a name, an index", () -> failed().withDecision("rule", "")),
        row("decision.policy: a text", () -> failed().withDecision("policy", null)),
        row("at least one event is expected", () -> test(List.of(), List.of())),
        row(
            "running: the first event has none before it",
            () -> test(List.of(running().within(Duration.ofSeconds(1))), List.of())),
        row("a forbidden event has neither", () -> test(List.of(running()), List.of(twice()))),
        row(
            "more time than PT0S",
            () -> new EventTest(Duration.ZERO, List.of(running()), List.of(), false, null)),
        row("at least 1 job, not 0", () -> new ExpectedGangs(0, false, false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String message, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Arguments row(String message, ThrowingCallable made) {
    return Arguments.of(message, made);
  }

  private static EventTest test(List<ExpectedEvent> expected, List<ExpectedEvent> forbidden) {
    return new EventTest(EventTest.DEFAULT_TIMEOUT, expected, forbidden, false, null);
  }

  private static ExpectedEvent twice() {
    return succeeded().times(2);
  }
}
