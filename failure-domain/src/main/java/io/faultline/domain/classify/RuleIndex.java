package io.faultline.domain.classify;

import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.TextKind;
import io.faultline.domain.classify.matcher.Triggers;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.pattern.LiteralIndex;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the rules that are worth asking about a failure, without asking each: by what was seen.
 * Rules are numbered in file order across categories.
 */
final class RuleIndex {

  /** A rule, where it stands. */
  record Place(Category category, Rule rule, RuleRef ref) {}

  private final List<Place> places = new ArrayList<>();
  private final Map<Condition, BitSet> byCondition = new EnumMap<>(Condition.class);
  private final Map<Integer, BitSet> byExitCode = new HashMap<>();
  private final BitSet byFailedContainer = new BitSet();
  private final Map<TextKind, BitSet> byAnyText = new EnumMap<>(TextKind.class);
  private final Map<TextKind, LiteralIndex> byLiteral = new EnumMap<>(TextKind.class);

  /** The kinds of text that rules look at. */
  private final List<TextKind> kinds;

  RuleIndex(List<Category> categories) {
    Map<TextKind, LiteralIndex.Builder> literals = new EnumMap<>(TextKind.class);
    for (Category category : categories) {
      for (int i = 0; i < category.rules().size(); i++) {
        Rule rule = category.rules().get(i);
        rule.matcher().triggers(new Noted(places.size(), literals));
        places.add(new Place(category, rule, new RuleRef(category.name(), i)));
      }
    }
    literals.forEach((kind, builder) -> byLiteral.put(kind, builder.build()));
    kinds =
        Stream.of(TextKind.values())
            .filter(kind -> byAnyText.containsKey(kind) || byLiteral.containsKey(kind))
            .toList();
  }

  Place place(int rule) {
    return places.get(rule);
  }

  /** The rules that may match, which is few of many; each must still be asked. */
  BitSet candidates(Evidence evidence) {
    BitSet found = new BitSet(places.size());
    byCondition.forEach(
        (condition, rules) -> {
          if (condition.holds(evidence, ContainerScope.ALL)) {
            found.or(rules);
          }
        });
    for (ContainerEvidence container : evidence.containers()) {
      Termination termination = container.termination();
      if (termination != null && container.failed()) {
        found.or(byFailedContainer);
        BitSet rules = byExitCode.get(termination.exitCode());
        if (rules != null) {
          found.or(rules);
        }
      }
    }
    for (TextKind kind : kinds) {
      addByText(kind, evidence, found);
    }
    return found;
  }

  private void addByText(TextKind kind, Evidence evidence, BitSet found) {
    BitSet anyText = byAnyText.get(kind);
    LiteralIndex literals = byLiteral.get(kind);
    for (String text : kind.of(evidence)) {
      if (anyText != null) {
        found.or(anyText);
      }
      if (literals != null) {
        literals.find(text, found);
      }
    }
  }

  /** Notes the triggers of one rule. */
  private final class Noted implements Triggers {
    private final int rule;
    private final Map<TextKind, LiteralIndex.Builder> literals;

    Noted(int rule, Map<TextKind, LiteralIndex.Builder> literals) {
      this.rule = rule;
      this.literals = literals;
    }

    @Override
    public void onCondition(Condition condition) {
      byCondition.computeIfAbsent(condition, c -> new BitSet()).set(rule);
    }

    @Override
    public void onExitCode(int exitCode) {
      byExitCode.computeIfAbsent(exitCode, c -> new BitSet()).set(rule);
    }

    @Override
    public void onFailedContainer() {
      byFailedContainer.set(rule);
    }

    @Override
    public void onText(TextKind kind, Re2Pattern pattern) {
      if (pattern.literals().isEmpty()) {
        byAnyText.computeIfAbsent(kind, k -> new BitSet()).set(rule);
      } else {
        literals
            .computeIfAbsent(kind, k -> new LiteralIndex.Builder())
            .add(pattern.literals(), rule);
      }
    }
  }
}
