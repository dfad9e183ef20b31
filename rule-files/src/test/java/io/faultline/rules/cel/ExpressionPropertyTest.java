package io.faultline.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.retry.Expression;
import io.faultline.domain.retry.FailureContext;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever is written, asking never throws, and what it says depends on the failure alone. */
class ExpressionPropertyTest {
  private static final List<FailureContext> FAILURES =
      List.of(
          Contexts.full(),
          Contexts.of("", List.of()),
          Contexts.of("x".repeat(4096), Contexts.history(100)));

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void randomExpressionsAreRefusedOrAnswered(@ForAll("conditions") String source) {
    CelExpression expression;
    try {
      expression = CelExpression.compile(source);
    } catch (BadExpressionException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    for (FailureContext failure : FAILURES) {
      Expression.Answer answer = expression.ask(failure);
      assertThat(answer.saw()).hasSizeLessThanOrEqualTo(200);
      assertThat(expression.ask(failure)).isEqualTo(answer);
    }
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void manyThreadsGetTheSameAnswer(@ForAll("conditions") String source) {
    CelExpression expression;
    try {
      expression = CelExpression.compile(source);
    } catch (BadExpressionException e) {
      return;
    }
    for (FailureContext failure : FAILURES) {
      Expression.Answer alone = expression.ask(failure);
      assertThat(
              IntStream.range(0, 64)
                  .parallel()
                  .mapToObj(i -> expression.ask(failure))
                  .distinct()
                  .toList())
          .containsExactly(alone);
    }
  }

  @Provide
  Arbitrary<String> conditions() {
    return RandomExpressions.any();
  }
}
