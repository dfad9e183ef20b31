package io.faultline.rules.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesLintTest {
  private static final ResourcesLint.Around SOME = ResourcesLint.Around.SOME_FILES;
  private static final ResourcesLint.Around ALL = new ResourcesLint.Around(20, "", true);

  private static final String CATEGORIES =
      """
      kind: Categories
      name: %s
      spec:
        enabled: true
        defaultCategory: uncategorized
        defaultSubcategory: unknown
        categories:
          - name: %s
            rules: [{onExitCodes: {operator: In, values: [74]}, subcategory: transient}]
      ---
      """;
  private static final String POLICY =
      """
      kind: RetryPolicy
      name: %s
      retryLimit: 3
      defaultAction: Fail
      rules: [%s]
      ---
      """;
  private static final String QUEUE =
      """
      kind: Queue
      name: q
      %s
      """;

  @Test
  void aWriteIsWarnedOfWhatItChangesForOthersAndNotOfWhatWasSoBefore() {
    String policies =
        POLICY.formatted("uses-gpu", "{action: Retry, onCategory: gpu}")
            + POLICY.formatted("uses-none", "{action: Retry, onCategory: none}");
    List<ResourcesLint.Document> there = documents("there", CATEGORIES.formatted("a", "gpu"));
    there.addAll(documents("there", policies));
    there.add(refusedByItsReader());
    assertThat(ofWriting(CATEGORIES.formatted("b", "cpu"), there)).isEmpty();
    assertThat(ofWriting(CATEGORIES.formatted("a", "cpu"), there))
        .containsExactly(
            "there:5:37: rules[0].onCategory: never matches: no category is named \"gpu\";"
                + " there are: cpu, internal, uncategorized");
    assertThat(ofWriting(POLICY.formatted("uses-none", "{action: Fail, onCategory: none}"), there))
        .singleElement()
        .asString()
        .startsWith("written:5:36: rules[0].onCategory: never matches");
  }

  private static List<String> ofWriting(String written, List<ResourcesLint.Document> there) {
    return ResourcesLint.ofWriting(documents("written", written).get(0), there, ALL).stream()
        .map(LintWarning::toString)
        .toList();
  }

  private static List<ResourcesLint.Document> documents(String file, String text) {
    return YamlFile.read(file, text).documents().stream()
        .filter(node -> !node.isNull())
        .flatMap(node -> ResourcesLint.Document.of(node).stream())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static ResourcesLint.Document refusedByItsReader() {
    return new ResourcesLint.Document(
        ResourceKind.RETRY_POLICY, "old", YamlFile.read("there", "{unknown: 1}").single());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          onCategory: gpu ~ ``
          onCategory: internal, onSubcategory: lease-expired ~ ``
          onCategory: uncategorized, onSubcategory: unknown ~ ``
          onCategory: gpu, onSubcategory: transient ~ ``
          onCategory: gp ~ r.yaml:15:37: rules[0].onCategory: never matches: no category is named "gp"; there are: gpu, internal, uncategorized
          onCategory: gpus ~ r.yaml:15:37: rules[0].onCategory: never matches: no category is named "gpus" (did you mean gpu?); there are: gpu, internal, uncategorized
          onCategory: gpu, onSubcategory: transint ~ r.yaml:15:57: rules[0].onSubcategory: never matches: no subcategory of it is named "transint" (did you mean transient?); there are: transient
          """)
  void aCategoryThatNoFileMakesIsWarnedOf(String matchers, String warning) {
    assertThat(
            lint(
                CATEGORIES.formatted("default", "gpu")
                    + POLICY.formatted("p", "{action: Retry, " + matchers + "}"),
                SOME))
        .isEqualTo(warning.isEmpty() ? List.of() : List.of(warning));
  }

  @Test
  void onlyTheSetsOfQueuesThatUseThePolicyMakeItsCategories() {
    String text =
        CATEGORIES.formatted("default", "gpu")
            + CATEGORIES.formatted("other", "net")
            + POLICY.formatted("p", "{action: Retry, onCategory: net}");
    assertThat(lint(text, SOME)).isEmpty();
    assertThat(lint(text + QUEUE.formatted("retryPolicy: p"), SOME))
        .singleElement()
        .asString()
        .contains("never matches: no category is named \"net\"; there are: gpu, internal");
    assertThat(lint(text + QUEUE.formatted("{}").replace("{}", "categories: default"), SOME))
        .isEmpty();
    assertThat(lint(text + QUEUE.formatted("retryPolicy: p\ncategories: other"), SOME)).isEmpty();
    assertThat(
            lint(
                text + QUEUE.formatted("categories: default"),
                new ResourcesLint.Around(20, "p", false)))
        .singleElement()
        .asString()
        .contains("no category is named \"net\"");
  }

  @Test
  void whereNoCategoriesAreGivenNoneIsMissed() {
    assertThat(lint(POLICY.formatted("p", "{action: Retry, onCategory: x}"), SOME)).isEmpty();
  }

  @Test
  void aNameThatNothingHasIsWarnedOfOnceOthersOfItsKindAreThere() {
    String queue = QUEUE.formatted("retryPolicies: [train]\nshadowPolicy: next\ncategories: none");
    assertThat(lint(queue, SOME)).isEmpty();
    assertThat(lint(POLICY.formatted("trains", "") + queue, SOME))
        .containsExactly(
            "r.yaml:9:17: retryPolicies[0]: no policy is named \"train\" (did you mean trains?);"
                + " there are: trains",
            "r.yaml:10:15: shadowPolicy: no policy is named \"next\"; there are: trains");
    assertThat(lint(queue, ALL))
        .containsExactly(
            "r.yaml:3:17: retryPolicies[0]: no policy is named \"train\"; there is none",
            "r.yaml:4:15: shadowPolicy: no policy is named \"next\"; there is none",
            "r.yaml:5:13: categories: no set of categories is named \"none\"; there is none");
    assertThat(lint(POLICY.formatted("p", ""), new ResourcesLint.Around(20, "pp", false)))
        .containsExactly("retryPolicy.defaultPolicyName: no policy is named \"pp\"; there are: p");
  }

  @Test
  void limitsBeyondTheCapAreWarnedOf() {
    String text =
        POLICY
            .formatted(
                "p",
                "{action: Retry, onCategory: a, retryLimit: 50, countsTowardLimit: false},"
                    + "{action: Retry, onCategory: b, retryLimit: 3}")
            .replace("retryLimit: 3\nd", "retryLimit: 30\nd");
    assertThat(lint(text, SOME))
        .containsExactly(
            "r.yaml:3:13: retryLimit: 30 is never reached: retryPolicy.globalMaxRetries, the cap"
                + " over all policies, is 20; lower the limit, or raise the cap",
            "r.yaml:5:52: rules[0].retryLimit: 50 is never reached: retryPolicy.globalMaxRetries,"
                + " the cap over all policies, is 20; lower the limit, or raise the cap");
    assertThat(lint(text, new ResourcesLint.Around(50, "", false))).isEmpty();
    assertThat(lint(text, new ResourcesLint.Around(0, "", false))).isEmpty();
  }

  @Test
  void aRuleThatAPolicyAskedBeforeForestallsIsWarnedOf() {
    String first =
        POLICY.formatted("first", "{name: any, action: Retry, onConditions: [OOMKilled]}");
    String second =
        POLICY.formatted(
            "second",
            "{action: Fail, onCategory: a, onConditions: [OOMKilled]}, {action: Fail, onCategory: a}");
    assertThat(lint(first + second + QUEUE.formatted("retryPolicies: [first, second]"), SOME))
        .containsExactly(
            "r.yaml:11:9: rules[0]: never decides in queue q: whatever it matches, any of first,"
                + " which is asked before, matches first; name this policy earlier, or delete the"
                + " rule");
    assertThat(lint(first + second + QUEUE.formatted("retryPolicies: [second, first]"), SOME))
        .isEmpty();
  }

  @Test
  void aPolicyAfterOneThatMatchesEverythingIsWarnedOfOnce() {
    String all = POLICY.formatted("all", "{action: Retry, when: 'true'}");
    String more =
        POLICY.formatted("more", "{action: Fail, onCategory: a}, {action: Fail, onCategory: b}");
    assertThat(lint(all + more + QUEUE.formatted("retryPolicies: [all, more]"), SOME))
        .containsExactly(
            "r.yaml:15:22: retryPolicies[1]: no rule of more ever decides here: whatever one"
                + " matches, a rule before it matches first; leave the policy out, or name it"
                + " earlier");
  }

  @Test
  void whatOnlyTheLastPolicyIsAskedForIsWarnedOf() {
    String retry =
        POLICY.formatted("a", "{action: Fail, onCategory: x}").replace("n: Fail\nr", "n: Retry\nr");
    String last = POLICY.formatted("b", "{action: Fail, onCategory: y}");
    assertThat(lint(retry + last + QUEUE.formatted("retryPolicies: [a, b]"), SOME))
        .containsExactly(
            "r.yaml:15:17: retryPolicies[0]: defaultAction of a, Retry, has no effect here: of"
                + " several policies only the last one's is taken");
    assertThat(
            lint(POLICY.formatted("a", "") + last + QUEUE.formatted("retryPolicies: [a, b]"), SOME))
        .containsExactly(
            "r.yaml:15:17: retryPolicies[0]: a never decides here: it has no rules, and it is not"
                + " the last");
    assertThat(lint(last + retry + QUEUE.formatted("retryPolicies: [b, a]"), SOME)).isEmpty();
  }

  @Test
  void aPlainDocumentOfCategoriesIsTheDefaultOne() {
    String plain =
        "enabled: true\ncategories: [{name: gpu, rules: [{onPodError: {pattern: x}}]}]\n---\n";
    assertThat(
            lint(
                plain
                    + POLICY.formatted("p", "{action: Retry, onCategory: net}")
                    + QUEUE.formatted("retryPolicy: p\ncategories: default"),
                SOME))
        .singleElement()
        .asString()
        .contains("no category is named \"net\"");
  }

  private static List<String> lint(String text, ResourcesLint.Around around) {
    return ResourcesLint.of(
            YamlFile.read("r.yaml", text).documents().stream()
                .filter(node -> !node.isNull())
                .flatMap(node -> ResourcesLint.Document.of(node).stream())
                .toList(),
            around)
        .stream()
        .map(LintWarning::toString)
        .toList();
  }
}
