package io.faultline.domain.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.pattern.Re2Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the tables beside the readers can't say: broken evidence, sizes, checks of the records. */
@NullUnmarked // evidence that no reader makes
class ClassifierTest {
  private static final Rule OOM =
      new Rule(new OnConditions(ContainerScope.ALL, Set.of(Condition.OOM_KILLED)), "", "");

  private static Evidence failed(String reason, String message, List<PodEvent> events) {
    return new Evidence(
        EvidenceKind.POD_FAILED,
        null,
        "",
        "",
        "",
        "",
        List.of(
            new ContainerEvidence(
                "main",
                ContainerRole.REGULAR,
                "",
                new Termination(1, 0, reason, message),
                "",
                null)),
        events,
        "",
        null);
  }

  private static Categories categories(Rule... rules) {
    return Categories.of(
        "other", "unknown", List.of(new Category("gpu", PodAction.DELETE, false, List.of(rules))));
  }

  @Test
  void aFailureThatBreaksTheClassifierIsInternal() {
    Evidence broken = failed("Error", "boom", List.of(new PodEvent("Warning", "x", null)));
    Rule rule = new Rule(new OnPodEvents("Warning", "", Re2Pattern.compile("a")), "", "");
    Classification classification = Classifier.classify(categories(rule), broken);
    assertThat(classification)
        .isEqualTo(
            new Classification(
                new FailureInfo(
                    1, "boom", "main", "internal", "classifier-error", List.of("internal"), ""),
                PodAction.RETAIN,
                "Container main failed with exit code 1 because Error: boom",
                null,
                false));
    assertThat(Classifier.classify(Categories.off(), broken).info().category()).isEmpty();
  }

  @Test
  void evidenceThatCantEvenBeToldIsStillDecided() {
    Classification classification =
        Classifier.classify(categories(OOM), failed(null, null, List.of()));
    assertThat(classification.info().subcategory()).isEqualTo("classifier-error");
    assertThat(classification.info().exitCode()).isNull();
  }

  @Test
  void tenThousandRulesOverOneMebibyteTakeNoLongerThanOnePassAndFewPatterns() {
    List<Category> list = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<Rule> rules = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        String pattern = "(?i)error code E" + (i * 100 + j) + " in .* at [0-9a-f]+";
        rules.add(
            new Rule(
                new OnTerminationMessage(ContainerScope.ALL, Re2Pattern.compile(pattern)), "", ""));
      }
      list.add(new Category("c" + i, PodAction.RETAIN, false, rules));
    }
    Categories categories = Categories.of("", "", list);
    String message =
        "nothing to see: error code EX in here\n".repeat(28_000) + "ERROR CODE E9999 in x at ff";
    Classification classification =
        Assertions.assertTimeout(
            Duration.ofSeconds(10),
            () -> Classifier.classify(categories, failed("Error", message, List.of())));
    assertThat(classification.rule()).isEqualTo(new RuleRef("c99", 99));
  }

  @Test
  void whatAFileMayNotHoldIsRefused() {
    String bytes64 = "ü".repeat(32);
    assertThat(new Category("ü".repeat(31) + "x", PodAction.RETAIN, false, List.of(OOM)).name())
        .hasSize(32);
    assertThatThrownBy(() -> new Category(bytes64, PodAction.RETAIN, false, List.of(OOM)))
        .hasMessageContaining("has 64 bytes; at most 63");
    assertThatThrownBy(() -> new Category("", PodAction.RETAIN, false, List.of(OOM)))
        .hasMessageContaining("needs a name");
    assertThatThrownBy(() -> new Category("a", PodAction.RETAIN, false, List.of()))
        .hasMessageContaining("at least one rule");
    assertThatThrownBy(() -> new Rule(OOM.matcher(), bytes64, "")).hasMessageContaining("64 bytes");
    assertThatThrownBy(() -> new Rule(OOM.matcher(), "", "a\0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> new OnConditions(ContainerScope.ALL, Set.of()))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> new OnExitCodes(ContainerScope.ALL, OnExitCodes.Operator.IN, Set.of()))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> new OnPodEvents("warning", "", Re2Pattern.compile("a")))
        .hasMessageContaining("allowed: Normal, Warning");
    Category one = new Category("a", PodAction.RETAIN, false, List.of(OOM));
    assertThatThrownBy(() -> Categories.of("", "", List.of(one, one)))
        .hasMessage("the category \"a\" is repeated");
    assertThatThrownBy(() -> Categories.of(bytes64, "", List.of()))
        .hasMessageContaining("defaultCategory");
  }
}
