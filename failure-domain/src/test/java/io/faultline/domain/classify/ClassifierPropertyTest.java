package io.faultline.domain.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.NaiveRules.Answer;
import io.faultline.domain.classify.NaiveRules.Ask;
import io.faultline.domain.classify.NaiveRules.Box;
import io.faultline.domain.classify.NaiveRules.Event;
import io.faultline.domain.classify.NaiveRules.Failure;
import io.faultline.domain.classify.NaiveRules.RuleRow;
import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodError;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClassifierPropertyTest {
  private static final List<String> WORDS =
      List.of("OOMKilled", "Evicted", "DeadlineExceeded", "Error", "");

  @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
  void theIndexedClassifierEqualsANaiveOne(
      @ForAll("rules") List<RuleRow> rules, @ForAll("failures") Failure failure) {
    Answer expected = NaiveRules.classify(rules, "other", "unknown", failure);
    Classification actual = Classifier.classify(categories(rules), evidence(failure));
    assertThat(actual.info().category()).isEqualTo(expected.category());
    assertThat(actual.info().subcategory()).isEqualTo(expected.subcategory());
    assertThat(actual.info().categories()).isEqualTo(expected.categories());
    if (expected.firstRule() < 0) {
      assertThat(actual.rule()).isNull();
    } else {
      String category = rules.get(expected.firstRule()).category();
      int index =
          (int)
              rules.subList(0, expected.firstRule()).stream()
                  .filter(row -> row.category().equals(category))
                  .count();
      assertThat(actual.rule()).isEqualTo(new RuleRef(category, index));
    }
  }

  /** Rules in file order: those of one category stand together. */
  @Provide
  Arbitrary<List<RuleRow>> rules() {
    Arbitrary<String> container = Arbitraries.of("", "", "main", "side", "setup");
    Arbitrary<List<Integer>> codes =
        Arbitraries.of(0, 1, 2, 74, 137).list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<String> pattern =
        Arbitraries.of(
            "cuda",
            "(?i)CUDA.*error",
            ".*",
            "^oom$",
            "disk|node",
            "k{2}",
            "(?i)k",
            "[ab]c",
            "x?",
            "(disk|node) (full|lost)",
            "o+m",
            "\\d+",
            "(?i)é");
    Arbitrary<Ask> ask =
        Arbitraries.oneOf(
            Combinators.combine(
                    container, Arbitraries.of(WORDS.subList(0, 3)).list().ofMinSize(1).ofMaxSize(2))
                .as((c, w) -> new Ask("conditions", c, w, List.of(), "")),
            Combinators.combine(container, Arbitraries.of("in", "notIn"), codes)
                .as((c, what, v) -> new Ask(what, c, List.of(), v, "")),
            Combinators.combine(container, Arbitraries.of("message", "podError"), pattern)
                .as((c, what, p) -> new Ask(what, c, List.of(), List.of(), p)),
            Combinators.combine(
                    Arbitraries.of("Normal", "Warning"), Arbitraries.of("", "BackOff"), pattern)
                .as((t, r, p) -> new Ask("podEvent", "", List.of(t, r), List.of(), p)));
    return ask.list()
        .ofMaxSize(12)
        .flatMap(
            asks ->
                Arbitraries.of("b", "a", "z", "😀", "\uffee")
                    .list()
                    .ofSize(asks.size())
                    .map(names -> rows(asks, names)));
  }

  private static List<RuleRow> rows(List<Ask> asks, List<String> names) {
    Map<String, List<RuleRow>> byCategory = new LinkedHashMap<>();
    for (int i = 0; i < asks.size(); i++) {
      byCategory
          .computeIfAbsent(names.get(i), n -> new ArrayList<>())
          .add(new RuleRow(names.get(i), asks.get(i), i % 3 == 0 ? "" : "sub" + i));
    }
    return byCategory.values().stream().flatMap(List::stream).toList();
  }

  @Provide
  Arbitrary<Failure> failures() {
    Arbitrary<String> text =
        Arbitraries.of(
                "", "cuda", "CUDA", " ", "\n", "error", "oom", "disk", "node", " full", "kk",
                "\u212a", "ac", "bc", "7", "é", "É", "x")
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<Box> box =
        Combinators.combine(
                Arbitraries.of("main", "side", "setup"),
                Arbitraries.of('r', 'r', 'i', 'e'),
                Arbitraries.of(0, 1, 2, 74, 137).injectNull(0.15),
                Arbitraries.of(WORDS),
                text)
            .as(Box::new);
    Arbitrary<List<Box>> boxes =
        box.list()
            .ofMaxSize(4)
            .map(
                list ->
                    Stream.of('r', 'i', 'e')
                        .flatMap(role -> list.stream().filter(b -> b.role() == role))
                        .toList());
    Arbitrary<Event> event =
        Combinators.combine(
                Arbitraries.of("Normal", "Warning"), Arbitraries.of("BackOff", "Failed", ""), text)
            .as(Event::new);
    return Combinators.combine(
            Arbitraries.of(WORDS),
            boxes,
            event.list().ofMaxSize(3),
            text,
            Arbitraries.of("pod-missing", "lease-expired").injectNull(0.7))
        .as(Failure::new);
  }

  private static Categories categories(List<RuleRow> rules) {
    Map<String, List<Rule>> byCategory = new LinkedHashMap<>();
    for (RuleRow row : rules) {
      byCategory
          .computeIfAbsent(row.category(), n -> new ArrayList<>())
          .add(new Rule(matcher(row.ask()), row.subcategory(), ""));
    }
    return Categories.of(
        "other",
        "unknown",
        byCategory.entrySet().stream()
            .map(e -> new Category(e.getKey(), PodAction.RETAIN, false, e.getValue()))
            .toList());
  }

  private static Matcher matcher(Ask ask) {
    ContainerScope scope = new ContainerScope(ask.container());
    return switch (ask.what()) {
      case "conditions" ->
          new OnConditions(
              scope,
              Stream.of(Condition.values())
                  .filter(c -> ask.words().contains(c.word()))
                  .collect(Collectors.toSet()));
      case "in" -> new OnExitCodes(scope, OnExitCodes.Operator.IN, Set.copyOf(ask.codes()));
      case "notIn" -> new OnExitCodes(scope, OnExitCodes.Operator.NOT_IN, Set.copyOf(ask.codes()));
      case "message" -> new OnTerminationMessage(scope, Re2Pattern.compile(ask.pattern()));
      case "podError" -> new OnPodError(Re2Pattern.compile(ask.pattern()));
      default ->
          new OnPodEvents(
              ask.words().get(0), ask.words().get(1), Re2Pattern.compile(ask.pattern()));
    };
  }

  private static Evidence evidence(Failure failure) {
    List<ContainerRole> roles =
        List.of(ContainerRole.REGULAR, ContainerRole.INIT, ContainerRole.EPHEMERAL);
    return new Evidence(
        EvidenceKind.POD_FAILED,
        failure.internal() == null
            ? null
            : InternalCause.ofSubcategory(failure.internal()).orElseThrow(),
        failure.podReason(),
        "",
        "Failed",
        "node-1",
        IntStream.range(0, failure.boxes().size())
            .mapToObj(
                i -> {
                  Box box = failure.boxes().get(i);
                  return new ContainerEvidence(
                      box.name(),
                      roles.get("rie".indexOf(box.role())),
                      "",
                      box.code() == null
                          ? null
                          : new Termination(box.code(), 0, box.reason(), box.message()),
                      "",
                      null);
                })
            .toList(),
        failure.events().stream()
            .map(e -> new PodEvent(e.type(), e.reason(), e.message()))
            .toList(),
        failure.podError(),
        null);
  }
}
