package io.faultline.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.retry.Expression;
import io.faultline.domain.retry.FailureContext;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nothing that can be written takes long. */
class ExpressionCostTest {
  private static final String TEXT = "failure.terminationMessage";
  private static final FailureContext LARGE = Contexts.of("a".repeat(4096), Contexts.history(100));

  @TestFactory
  Stream<DynamicTest> whatCostsTooMuchDoesNotHold() {
    return Stream.of(
            "history.all(a, history.all(b, history.all(c, a.node != b.node || c.node != 'x')))",
            "history.exists(a, history.exists(b, a.node + b.node == 'x')) || true",
            "history.map(a, " + TEXT + " + a.node).exists(m, m.contains('b'))",
            "history.all(a, " + TEXT + ".matches('(a|b)*c|d') == false)",
            plus(TEXT, 90) + " == ''",
            "[" + plus(TEXT, 3) + "].map(a, " + plus("a", 9) + ").exists(x, x.contains('b'))",
            "size(" + plus("history", 90) + ") > 0")
        .map(
            source ->
                DynamicTest.dynamicTest(
                    source.length() > 80 ? source.substring(0, 80) : source,
                    () -> {
                      Expression.Answer answer = CelExpression.compile(source).ask(LARGE);
                      assertThat(answer.holds()).isFalse();
                      assertThat(answer.saw())
                          .startsWith("over the cost limit of 10,000 steps")
                          .hasSizeLessThanOrEqualTo(200);
                    }));
  }

  @Test
  void whatIsUsuallyAskedIsFarBelowTheLimit() {
    assertThat(
            CelExpression.compile(
                    "history.filter(h, h.node == failure.node && h.category == failure.category)"
                        + ".all(h, h.rule == 'rule-1') && "
                        + TEXT
                        + ".matches('a{10}')")
                .ask(LARGE)
                .holds())
        .isTrue();
  }

  @Test
  void whatNestsDeeperThanAStackHoldsIsRefused() {
    assertThatThrownBy(() -> CelExpression.compile("(".repeat(2000) + "true" + ")".repeat(2000)))
        .isInstanceOf(BadExpressionException.class);
    assertThatThrownBy(() -> CelExpression.compile(plus("1", 2000) + " == 1"))
        .isInstanceOf(BadExpressionException.class);
    assertThatThrownBy(() -> CelExpression.compile("[1]" + ".map(a, a + a)".repeat(200) + "==[2]"))
        .isInstanceOf(BadExpressionException.class);
  }

  @Test
  void aLongerSourceThan4KiBIsRefused() {
    assertThatThrownBy(() -> CelExpression.compile("'" + "ä".repeat(2100) + "' == job.id"))
        .hasMessage("an expression has at most 4096 bytes, not 4212");
  }

  private static String plus(String what, int times) {
    return String.join(" + ", Collections.nCopies(times, what));
  }
}
