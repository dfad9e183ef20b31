package io.faultline.domain.retry;

import io.faultline.domain.pattern.LiteralIndex;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a policy's rules, by the text that they are sought in. The literals that they
 * need are looked for once in each text, whatever the number of patterns; only a pattern of which a
 * literal occurs is asked itself.
 */
final class PatternIndex {

  /** Fewer patterns than this are asked sooner than their literals are looked for. */
  private static final int FEW = 4;

  /** A matcher that seeks a pattern in what it {@link RetryMatcher#saw saw}. */
  interface Sought {
    /** The pattern. */
    Re2Pattern pattern();
  }

  /**
   * Where a pattern is known.
   *
   * @param text which text it is sought in, from 0
   * @param number which of the patterns that are sought there it is, from 0
   */
  record Place(int text, int number) {}

  /** By the text; null where there are few patterns. */
  private final List<@Nullable LiteralIndex> literals = new ArrayList<>();

  private PatternIndex(Builder builder) {
    for (Builder.OfText of : builder.texts.values()) {
      literals.add(of.patterns < FEW ? null : of.index.build());
    }
  }

  /** What is found in the texts of one failure; each is looked at when it is first asked for. */
  Found in(FailureSignals failure) {
    return new Found(failure);
  }

  /** Collects patterns. */
  static final class Builder {

    /** Those of one text. */
    private static final class OfText {
      private final int text;
      private final LiteralIndex.Builder index = new LiteralIndex.Builder();
      private int patterns;

      OfText(int text) {
        this.text = text;
      }
    }

    private final Map<String, OfText> texts = new LinkedHashMap<>();

    /** Where a matcher's pattern is known; null where it has none, or one without any literal. */
    @Nullable Place add(RetryMatcher matcher) {
      if (!(matcher instanceof Sought sought) || sought.pattern().literals().isEmpty()) {
        return null;
      }
      OfText of = texts.computeIfAbsent(matcher.key(), key -> new OfText(texts.size()));
      of.index.add(sought.pattern().literals(), of.patterns);
      return new Place(of.text, of.patterns++);
    }

    PatternIndex build() {
      return new PatternIndex(this);
    }
  }

  /** Which patterns may match in one failure. */
  final class Found {
    private final FailureSignals failure;
    private @Nullable BitSet @Nullable [] seen;

    private Found(FailureSignals failure) {
      this.failure = failure;
    }

    /**
     * Whether a matcher may hold; if not, it need not be asked.
     *
     * @param place where the matcher's pattern is known; null where it is not
     */
    boolean mayHold(RetryMatcher matcher, @Nullable Place place) {
      if (place == null) {
        return true;
      }
      LiteralIndex index = literals.get(place.text());
      return index == null || in(matcher, index, place.text()).get(place.number());
    }

    private BitSet in(RetryMatcher matcher, LiteralIndex index, int text) {
      if (seen == null) {
        seen = new BitSet[literals.size()];
      }
      BitSet ofText = seen[text];
      if (ofText == null) {
        ofText = new BitSet();
        index.find(matcher.saw(failure), ofText);
        seen[text] = ofText;
      }
      return ofText;
    }
  }
}
