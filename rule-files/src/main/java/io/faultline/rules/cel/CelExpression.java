package io.faultline.rules.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.CelRuntime;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.retry.Expression;
import io.faultline.domain.retry.FailureContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A condition in CEL, compiled and checked. Two are equal when they are written alike. */
public final class CelExpression implements Expression {
  private static final Pattern WHERE = Pattern.compile("^evaluation error at <input>:\\d+: ");
  private static final CelFunctionResolver NO_PATTERNS = CelLateFunctionBindings.from();

  private final String source;
  private final CelRuntime.Program program;
  private final CelFunctionResolver patterns;
  private final boolean constant;

  private CelExpression(
      String source, CelRuntime.Program program, CelFunctionResolver patterns, boolean constant) {
    this.source = source;
    this.program = program;
    this.patterns = patterns;
    this.constant = constant;
  }

  /**
   * Compiles and checks an expression.
   *
   * @param source at most 4 KiB
   * @throws BadExpressionException where it is not CEL, asks for what isn't there, is not true or
   *     false, or could cost too much; with the place in it
   */
  public static CelExpression compile(String source) {
    int size = source.getBytes(StandardCharsets.UTF_8).length;
    if (size > Language.LONGEST_SOURCE) {
      throw new BadExpressionException(
          "an expression has at most " + Language.LONGEST_SOURCE + " bytes, not " + size);
    }
    try {
      CelAbstractSyntaxTree tree = tree(source);
      Bounds bounds = Bounds.check(tree);
      return new CelExpression(
          source,
          Language.runtime().createProgram(tree),
          bounds.patterns().isEmpty() ? NO_PATTERNS : matches(bounds.patterns()),
          bounds.asksNothing());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new BadExpressionException(e.getMessage().lines().findFirst().orElse(""));
    } catch (StackOverflowError e) {
      throw new BadExpressionException("nests too deeply");
    }
  }

  private static CelAbstractSyntaxTree tree(String source) throws CelValidationException {
    CelValidationResult result = Language.compiler().compile(source);
    if (result.hasError()) {
      throw Complaint.of(source, result.getErrors().get(0));
    }
    return result.getAst();
  }

  @SuppressWarnings("Immutable") // the map is not changed once the expression is made
  private static CelFunctionResolver matches(Map<String, Re2Pattern> patterns) {
    return CelLateFunctionBindings.from(
        CelFunctionBinding.fromOverloads(
            Language.MATCHES,
            CelFunctionBinding.from(
                "matches",
                String.class,
                String.class,
                (text, pattern) -> patterns.get(pattern).find(text)),
            CelFunctionBinding.from(
                "matches_string",
                String.class,
                String.class,
                (text, pattern) -> patterns.get(pattern).find(text))));
  }

  /** What can be asked about: the fields of each variable. */
  public static Map<String, List<String>> vocabulary() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Vocabulary each : Vocabulary.values()) {
      fields.put(each.word(), each.shape().fieldNames());
    }
    return fields;
  }

  @Override
  public String source() {
    return source;
  }

  /** Whether it asks nothing of a failure, and so says the same of each. */
  public boolean constant() {
    return constant;
  }

  /** Whether it asks nothing and holds. */
  public boolean alwaysHolds() {
    return constant && answer(new Reading(null)).holds(); // which is not asked for a failure then
  }

  @Override
  public Answer ask(FailureContext failure) {
    return answer(new Reading(failure));
  }

  private Answer answer(Reading reading) {
    try {
      Object value = program.trace(reading, patterns, reading);
      return new Answer(Boolean.TRUE.equals(value), reading.saw());
    } catch (Reading.OverCost e) {
      return not(
          String.format(Locale.ROOT, "over the cost limit of %,d steps", Reading.MOST_STEPS),
          reading);
    } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
      return not("error: " + problem(e), reading);
    }
  }

  private static Answer not(String problem, Reading reading) {
    return new Answer(false, SawText.error(problem, reading.saw()));
  }

  private static String problem(Throwable e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    String words = WHERE.matcher(message).replaceFirst("").replaceAll("\\s+", " ");
    return e.getCause() instanceof CelAttributeNotFoundException ? "no such key: " + words : words;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CelExpression that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
