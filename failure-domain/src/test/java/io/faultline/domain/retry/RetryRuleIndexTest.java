package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class RetryRuleIndexTest {
  private static final RetrySettings SETTINGS = new RetrySettings(true, 20, "", 5, "armada");
  private static final RetryCounts FIRST = new RetryCounts(1, 0, 1, Map.of());

  /** Whichever rules there are, and however many, few of which are looked at. */
  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void aDecisionIsTheSameWithAndWithoutItsTrace(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("failures") FailureSignals failure,
      @ForAll @IntRange(max = 3) int cap,
      @ForAll @IntRange(max = 5) int failures,
      @ForAll boolean enabled,
      @ForAll @IntRange(max = 9) int failFast) {
    RetrySettings settings = new RetrySettings(enabled, cap, "", 3, "armada");
    RetryCounts counts = new RetryCounts(failures, failures / 2, failures, Map.of());
    Decision traced = RetryEngine.decide(settings, List.of(policy), failure, counts, failFast == 0);
    Decision untraced =
        RetryEngine.decideUntraced(settings, List.of(policy), failure, counts, failFast == 0);
    assertThat(untraced.trace()).isEmpty();
    assertThat(untraced).usingRecursiveComparison().ignoringFields("trace").isEqualTo(traced);
  }

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void theIndexFindsTheFirstRuleThatMatches(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("failures") FailureSignals failure,
      @ForAll @IntRange(max = 5) int from) {
    RetryRuleIndex index = new RetryRuleIndex(policy.rules(), rule -> true);
    int expected =
        IntStream.range(from, policy.rules().size())
            .filter(i -> policy.rules().get(i).matches(failure))
            .findFirst()
            .orElse(-1);
    assertThat(index.firstMatch(failure, index.patternsIn(failure), from)).isEqualTo(expected);
  }

  /** However many patterns share a pass over the texts. */
  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void patternsThatShareAPassSayWhatEachSaysByItself(
      @ForAll("patterns") RetryPolicy policy,
      @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'c') String message,
      @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'c') String podError) {
    FailureSignals failure =
        Failures.kind(EvidenceKind.POD_FAILED)
            .podError(podError)
            .container(ContainerRole.REGULAR, 1, "Error", message)
            .signals();
    int expected =
        IntStream.range(0, policy.rules().size())
            .filter(i -> policy.rules().get(i).matches(failure))
            .findFirst()
            .orElse(-1);
    Decision traced = RetryEngine.decide(SETTINGS, List.of(policy), failure, FIRST, false);
    assertThat(traced.ruleIndex()).isEqualTo(expected < 0 ? null : expected);
    assertThat(RetryEngine.decideUntraced(SETTINGS, List.of(policy), failure, FIRST, false))
        .usingRecursiveComparison()
        .ignoringFields("trace")
        .isEqualTo(traced);
    for (TraceStep step : traced.trace()) {
      String[] check = step.check().split("[.]");
      if (check.length == 2 && check[1].startsWith("on")) {
        RetryMatcher matcher =
            policy.rules().stream()
                .filter(rule -> rule.name().equals(check[0]))
                .flatMap(rule -> rule.matchers().stream())
                .filter(m -> m.key().equals(check[1]))
                .findFirst()
                .orElseThrow();
        assertThat(step.holds()).isEqualTo(matcher.holds(failure));
        assertThat(step.value()).isEqualTo(matcher.saw(failure));
      }
    }
  }

  /** With literals and without, for both texts. */
  @Provide
  Arbitrary<RetryPolicy> patterns() {
    Arbitrary<Re2Pattern> pattern =
        Arbitraries.of(
                "abc",
                "cab",
                "(?i)BCA",
                "a+b",
                "[ab]c",
                "ab|ca",
                "^b",
                "c$",
                ".*",
                "bb.*cc",
                "aaaa",
                "(ac|bb)+a",
                "caaab")
            .map(Re2Pattern::compile);
    return Combinators.combine(pattern, pattern, Arbitraries.integers().between(0, 2))
        .as(
            (message, podError, which) -> {
              RetryMatcher first = new RetryMatcher.OnTerminationMessage(message);
              RetryMatcher second = new RetryMatcher.OnPodError(podError);
              return which == 0 ? List.of(first, second) : List.of(which == 1 ? first : second);
            })
        .list()
        .ofMaxSize(20)
        .map(
            all -> {
              List<RetryRule> rules = new ArrayList<>();
              for (List<RetryMatcher> matchers : all) {
                rules.add(
                    new RetryRule(
                        "r-" + rules.size(),
                        RetryAction.FAIL,
                        matchers,
                        RetryRule.Budget.OF_POLICY,
                        null,
                        Mutations.NONE));
              }
              return new RetryPolicy("p", 3, RetryAction.RETRY, null, rules);
            });
  }

  @Provide
  Arbitrary<FailureSignals> failures() {
    return Combinators.combine(
            Arbitraries.of(EvidenceKind.class),
            Arbitraries.of("", "gpu", "oom", "other"),
            Arbitraries.of("", "ecc"),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("", "OOMKilled", "Error"),
            Arbitraries.of("", "no disk"))
        .as(
            (kind, category, subcategory, exitCode, reason, text) ->
                Failures.kind(kind)
                    .podError(text)
                    .container(ContainerRole.REGULAR, exitCode, reason, text)
                    .in(category, subcategory));
  }

  /** Some rules, with many between them that never match. */
  @Provide
  Arbitrary<RetryPolicy> policies() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(RetryAction.class),
            rules().list().ofMaxSize(6),
            Arbitraries.of(0, 0, 1, 90, 120),
            Arbitraries.randoms())
        .as(
            (limit, action, some, others, random) -> {
              List<RetryRule> rules = new ArrayList<>(some);
              for (int i = 0; i < others; i++) {
                rules.add(
                    new RetryRule(
                        "no-" + i,
                        RetryAction.FAIL,
                        List.of(new RetryMatcher.OnCategory("no-" + i)),
                        RetryRule.Budget.OF_POLICY,
                        null,
                        Mutations.NONE));
              }
              Collections.shuffle(rules, random);
              return new RetryPolicy("p", limit, action, null, rules);
            });
  }

  private static Arbitrary<RetryRule> rules() {
    Arbitrary<RetryMatcher> category =
        Arbitraries.of("gpu", "oom").map(RetryMatcher.OnCategory::new);
    Arbitrary<RetryMatcher> matchers =
        Arbitraries.oneOf(
            category,
            category,
            Arbitraries.of("ecc", "x").map(RetryMatcher.OnSubcategory::new),
            Arbitraries.of(EvidenceKind.class).map(k -> new RetryMatcher.OnKinds(Set.of(k))),
            Arbitraries.of(RetryCondition.class).map(c -> new RetryMatcher.OnConditions(Set.of(c))),
            Arbitraries.of("disk", ".*")
                .map(p -> new RetryMatcher.OnTerminationMessage(Re2Pattern.compile(p))),
            Arbitraries.of("disk", "tape")
                .map(p -> new RetryMatcher.OnPodError(Re2Pattern.compile(p))),
            Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(1, 3))
                .as((in, code) -> new RetryMatcher.OnExitCodes(in, Set.of(code))));
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of(RetryAction.class),
            matchers.list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(true, false))
        .as(
            (name, action, all, avoid) ->
                new RetryRule(
                    name,
                    action,
                    all,
                    RetryRule.Budget.OF_POLICY,
                    null,
                    new Mutations(avoid, false, List.of())));
  }
}
