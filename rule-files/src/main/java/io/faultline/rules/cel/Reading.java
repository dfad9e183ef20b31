package io.faultline.rules.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelVariableResolver;
import io.faultline.domain.retry.FailureContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: gives the variables' values, notes which were read, and stops what costs more
 * than it may. A step is one part of the expression each time it is evaluated; text costs one more
 * for each 16 characters, a list one more for each 16 items.
 */
final class Reading implements CelVariableResolver, CelEvaluationListener {

  /** The steps that an evaluation may take: a few milliseconds at the most. */
  static final int MOST_STEPS = 10_000;

  /** Longer text can't be put together: some things done with it don't take linear time. */
  private static final int LONGEST_TEXT = 16_384;

  /** Stands for the value of what is absent. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "none";
        }
      };

  private static final int FREE_SIZE = 16;
  private static final int MOST_NOTED = 32;

  /** Not an exception, as operators such as {@code ||} pass over those. Has no stack. */
  static final class OverCost extends Error {
    private static final long serialVersionUID = 1L;

    private OverCost() {
      super("over the cost limit", null, false, false);
    }
  }

  /**
   * What was read, by whom.
   *
   * @param of of what; null for a variable
   * @param size whether the value is the size of what is named
   */
  record Noted(@Nullable Fact<?> of, String field, Object value, boolean size) {
    String path() {
      String path = of == null ? field : of.path() + "." + field;
      return size ? "size(" + path + ")" : path;
    }
  }

  private final FailureContext failure;
  private final List<Noted> noted = new ArrayList<>();
  private final Map<Vocabulary, Object> values = new EnumMap<>(Vocabulary.class);
  private int steps;

  Reading(FailureContext failure) {
    this.failure = failure;
  }

  @Override
  public Optional<Object> find(String name) {
    return Vocabulary.ofWord(name).map(this::value);
  }

  /** Made once, so that what is read again can be told from what is read first. */
  private Object value(Vocabulary variable) {
    return values.computeIfAbsent(
        variable, each -> Fact.of(this, each.word(), each.shape(), each.of(failure)));
  }

  void note(Fact<?> of, String field, Object value) {
    note(of, field, value, false);
  }

  void noteSize(@Nullable Fact<?> of, String field, int size) {
    note(of, field, size, true);
  }

  @SuppressWarnings("ReferenceEquality") // equal things at two places are two
  private void note(@Nullable Fact<?> of, String field, Object value, boolean size) {
    for (Noted before : noted) {
      if (before.of == of && before.field.equals(field) && before.size == size) {
        return;
      }
    }
    if (noted.size() < MOST_NOTED) {
      noted.add(new Noted(of, field, value, size));
    }
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    int size = 0;
    if (value instanceof String text) {
      size = text.length();
      if (size > LONGEST_TEXT && expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
        throw new OverCost();
      }
    } else if (value instanceof Collection<?> items) {
      size = items.size();
    }
    steps += 1 + size / FREE_SIZE;
    if (steps > MOST_STEPS) {
      throw new OverCost();
    }
  }

  /** What was read, by its names, in the order it was read. */
  String saw() {
    return SawText.of(noted);
  }
}
