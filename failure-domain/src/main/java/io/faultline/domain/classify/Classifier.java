package io.faultline.domain.classify;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.Termination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which categories a failure belongs to. The first rule that matches, in file order and across
 * categories, gives category, subcategory, hint and action; without one the system's own name for
 * the failure comes before the default. The time is linear in the texts.
 */
public final class Classifier {

  /** As Go sorts: by bytes, which for characters beyond the BMP is not the order of Java. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private Classifier() {}

  /**
   * Classifies a failure. Never throws: one that breaks the classifier is {@code internal}, {@code
   * classifier-error}, and is decided like any other.
   */
  public static Classification classify(Categories categories, Evidence evidence) {
    try {
      return told(judge(categories, evidence), evidence);
    } catch (RuntimeException | StackOverflowError e) {
      return broken(categories, evidence);
    }
  }

  private static Classification broken(Categories categories, Evidence evidence) {
    Verdict verdict =
        categories.enabled() ? Verdict.internal(InternalCause.CLASSIFIER_ERROR) : Verdict.NONE;
    try {
      return told(verdict, evidence);
    } catch (RuntimeException e) {
      return classification(verdict, null, "");
    }
  }

  private static Verdict judge(Categories categories, Evidence evidence) {
    if (!categories.enabled()) {
      return Verdict.NONE;
    }
    Verdict byRule = byRules(categories.index(), evidence);
    if (byRule != null) {
      return byRule;
    }
    InternalCause cause = evidence.internalCause();
    return cause != null
        ? Verdict.internal(cause)
        : Verdict.byDefault(categories.defaultCategory(), categories.defaultSubcategory());
  }

  private static @Nullable Verdict byRules(RuleIndex index, Evidence evidence) {
    BitSet candidates = index.candidates(evidence);
    RuleIndex.Place first = null;
    List<String> names = new ArrayList<>(2);
    String matched = null;
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      RuleIndex.Place place = index.place(i);
      String name = place.category().name();
      // a category's rules stand together, and once one matches it needs no second one
      if (!name.equals(matched) && place.rule().matcher().matches(evidence)) {
        first = first == null ? place : first;
        names.add(name);
        matched = name;
      }
    }
    return first == null ? null : Verdict.byRule(first, sorted(names));
  }

  private static List<String> sorted(List<String> names) {
    return names.size() == 1 ? List.of(names.get(0)) : names.stream().sorted(BY_BYTES).toList();
  }

  private static Classification told(Verdict verdict, Evidence evidence) {
    ContainerEvidence first = evidence.firstFailedContainer();
    return classification(verdict, first, FailureText.of(evidence));
  }

  private static Classification classification(
      Verdict verdict, @Nullable ContainerEvidence first, String text) {
    Termination termination = first == null ? null : first.termination();
    List<String> categories = verdict.categories();
    FailureInfo info =
        new FailureInfo(
            termination == null ? null : termination.exitCode(),
            termination == null ? "" : termination.message(),
            first == null ? "" : first.name(),
            verdict.category(),
            verdict.subcategory(),
            categories,
            verdict.hint());
    return new Classification(
        info,
        verdict.action(),
        FailureText.withHint(text, verdict.hint()),
        verdict.rule(),
        verdict.fatal());
  }
}
