package io.faultline.domain.retry;

import io.faultline.domain.pattern.LiteralIndex;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a policy's rules, by the text that they are sought in. The literals that they
 * need are looked for once in each text, whatever the number of patterns; only a pattern of which a
 * literal occurs is asked itself.
 */
final class PatternIndex {

  /** Stands for a matcher that is no pattern, or a pattern that needs no literal. */
  static final int NONE = -1;

  /** Fewer patterns than this are asked sooner than their literals are looked for. */
  private static final int FEW = 4;

  /** A matcher that seeks a pattern in what it {@link RetryMatcher#saw saw}. */
  interface Sought {
    /** The pattern. */
    Re2Pattern pattern();
  }

  private final Map<String, LiteralIndex> literals = new HashMap<>();

  private PatternIndex(Builder builder) {
    builder.literals.forEach(
        (key, of) -> {
          if (of.patterns >= FEW) {
            literals.put(key, of.index.build());
          }
        });
  }

  /** What is found in the texts of one failure; each is looked at when it is first asked for. */
  Found in(FailureSignals failure) {
    return new Found(failure);
  }

  /** Collects patterns. */
  static final class Builder {

    /** Those of one text. */
    private static final class OfText {
      private final LiteralIndex.Builder index = new LiteralIndex.Builder();
      private int patterns;
    }

    private final Map<String, OfText> literals = new HashMap<>();

    /** The number by which a matcher's pattern is known; {@link #NONE} where it must be asked. */
    int add(RetryMatcher matcher) {
      if (!(matcher instanceof Sought sought) || sought.pattern().literals().isEmpty()) {
        return NONE;
      }
      OfText of = literals.computeIfAbsent(matcher.key(), key -> new OfText());
      int number = of.patterns++;
      of.index.add(sought.pattern().literals(), number);
      return number;
    }

    PatternIndex build() {
      return new PatternIndex(this);
    }
  }

  /** Which patterns may match in one failure. */
  final class Found {
    private final FailureSignals failure;
    private @Nullable Map<String, BitSet> seen;

    private Found(FailureSignals failure) {
      this.failure = failure;
    }

    /**
     * Whether a matcher may hold; if not, it need not be asked.
     *
     * @param number by which the matcher's pattern is known
     */
    boolean mayHold(RetryMatcher matcher, int number) {
      LiteralIndex index = number == NONE ? null : literals.get(matcher.key());
      if (index == null) {
        return true;
      }
      if (seen == null) {
        seen = new HashMap<>();
      }
      BitSet ofText = seen.get(matcher.key());
      if (ofText == null) {
        ofText = new BitSet();
        index.find(matcher.saw(failure), ofText);
        seen.put(matcher.key(), ofText);
      }
      return ofText.get(number);
    }
  }
}
