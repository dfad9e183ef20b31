package io.faultline.rules.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.resource.AnyDocument;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be used is refused by file, place, value and what is allowed. */
class BadRuleTestsTest {
  private static final String POLICY =
      "{name: p, defaultAction: Fail, rules: [{name: app, action: Retry, onKinds: [PodFailed]}]}";
  private static final String CASE = "{name: a, failure: {kind: PodFailed}, expect: {rule: 0}}";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | t.yaml:1:1: a map is expected, not a list
          {cases: []} | nothing is tested: categories, policy or both are expected
          {categories: []} | the key "cases" is missing
          {categories: [], cases: []} | t.yaml:1:25: cases: at least one case is expected
          {categories: [], cases: [], case: 1} | unknown key "case"; allowed: categories, policy, cases
          {categories: 3, cases: [CASE]} | t.yaml:1:14: categories: a map is expected, not 3
          {policy: [], cases: [{name: a, failure: null, expect: {decision: fail}}]} | t.yaml:1:10: policy: at least one policy is expected
          {categories: [{name: a}], cases: [CASE]} | t.yaml:1:15: categories[0]
          {categories: {categories: [{name: a}]}, cases: [CASE]} | t.yaml:1:28: categories.categories[0]
          {categories: [], cases: [CASE, CASE]} | cases[1].name: the name is repeated; line 1 has it too
          {categories: [], cases: [{failure: null, expect: {rule: 0}}]} | t.yaml:1:26: cases[0]: the key "name" is missing
          {categories: [], cases: [{name: ' ', failure: null, expect: {rule: 0}}]} | cases[0].name: a case needs a name that is not empty
          {categories: [], cases: [{name: 7, failure: null, expect: {rule: 0}}]} | text is expected, not 7; put it in quotes
          {categories: [], cases: [{name: a, failure: null}]} | the key "expect" is missing
          {categories: [], cases: [{name: a, failure: null, expect: {}}]} | cases[0].expect: at least one is expected of: category, subcategory
          {categories: [], cases: [{name: a, failure: null, expect: {catgory: x}}]} | t.yaml:1:60: cases[0].expect: unknown key "catgory"; allowed: category
          {categories: [], cases: [{name: a, expect: {rule: 0}}]} | exactly one is expected of: pod, failure
          {categories: [], cases: [{name: a, pod: {spec: {}}, failure: null, expect: {rule: 0}}]} | exactly one is expected of: pod, failure
          {categories: [], cases: [{name: a, failure: null, events: [{}], expect: {rule: 0}}]} | cases[0].events: stands beside a pod; a failure has its own
          {categories: [], cases: [{name: a, failure: null, podError: x, expect: {rule: 0}}]} | cases[0].podError: stands beside a pod
          {categories: [], cases: [{name: a, failure: {kind: Bad}, expect: {rule: 0}}]} | cases[0].failure.kind: unknown kind "Bad"
          {categories: [], cases: [{name: a, pod: {kind: Job}, expect: {rule: 0}}]} | a Pod is expected, not "Job"
          {categories: [], cases: [{name: a, failure: null, failures: -1, expect: {rule: 0}}]} | cases[0].failures: -1 is out of range; allowed: 0 to
          {categories: [], cases: [{name: a, failure: null, expect: {decision: retry}}]} | cases[0].expect.decision: needs a policy, and this file names none
          {policy: [POLICY, POLICY], cases: [{name: a, failure: null, expect: {decision: fail}}]} | policy[1]: the policy "p" is repeated
          {policy: POLICY, cases: [{name: a, failure: null, ruleRetries: {aps: 1}, expect: {decision: fail}}]} | cases[0].ruleRetries.aps: there is no such rule; allowed: app, defaultAction
          {policy: POLICY, cases: [{name: a, failure: null, ruleRetries: {app: -1}, expect: {decision: fail}}]} | cases[0].ruleRetries.app: -1 is out of range
          {categories: [], cases: [{name: a, failure: null, ruleRetries: {app: 1}, expect: {rule: 0}}]} | cases[0].ruleRetries: needs a policy, and this file names none
          {policy: POLICY, cases: [{name: a, failure: {kind: PodFailed, rates: {node: 1}}, expect: {decision: fail}}]} | cases[0].failure.rates: unknown key "node"; allowed: queueCategoryHour, nodeHour
          {policy: POLICY, cases: [{name: a, failure: {kind: PodFailed, history: [{node: n}]}, expect: {decision: fail}}]} | cases[0].failure.history[0]: the key "kind" is missing
          {policy: {}, cases: [{name: a, failure: null, expect: {rule: 0}}]} | needs categories, and this file names none; that of the policy is policyRule
          {categories: [], cases: [{name: a, failure: null, expect: {rule: gpu}}]} | the rule's index in its category is expected, from 0, or null for none, not "gpu"
          {categories: [], cases: [{name: a, failure: null, expect: {rule: {index: 0}}}]} | the key "category" is missing
          {categories: [], cases: [{name: a, failure: null, expect: {action: delete}}]} | unknown word "delete"; allowed: Retain, Delete
          {policy: {}, cases: [{name: a, failure: null, expect: {decision: Retry}}]} | unknown word "Retry"; allowed: retry, fail
          {policy: {}, cases: [{name: a, failure: null, expect: {reason: failed}}]} | unknown word "failed"; allowed: retry, fail_rule
          {categories: [], cases: [{name: a, failure: null, expect: {categories: gpu}}]} | a list is expected, not "gpu"
          {categories: [], cases: [{name: a, failure: null, expect: {category: [gpu]}}]} | text is expected, not a list
          {categories: none.yaml, cases: [CASE]} | t.yaml:1:14: categories: "none.yaml": no such file
          {categories: [], cases: [{name: a, pod: none.yaml, expect: {rule: 0}}]} | t.yaml:1:41: cases[0].pod: "none.yaml": no such file
          {categories: ".", cases: [CASE]} | ".": a file is expected, not a folder
          {categories: "a\\0b", cases: [CASE]} | categories: "a\\u0000b":
          """)
  void isRefused(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace("CASE", CASE).replace("POLICY", POLICY)))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("t.yaml")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  @Test
  void oneDocumentIsExpected() {
    assertRefused("", "t.yaml: the file is empty");
    assertRefused("a: 1\n---\nb: 2", "one document is expected, and here a second one begins");
  }

  @Test
  void aFileThatIsNamedIsRefusedByItsOwnNameAndPlace() throws IOException {
    write("sub/rules.yaml", "enabled: true\ncategories:\n  - {name: a, rule: []}\n");
    write("policy.yaml", "kind: RetryPolicy\nname: p\n");
    write("pod.yaml", "kind: Job\n");
    assertRefused(
        "{categories: sub/rules.yaml, cases: [" + CASE + "]}",
        folder.resolve("sub/rules.yaml") + ":3:15: categories[0]: unknown key \"rule\"");
    assertRefused(
        "{policy: ./sub/../policy.yaml, cases: [{name: a, failure: null, expect: {reason: retry}}]}",
        folder.resolve("policy.yaml") + ":1:1: the key \"defaultAction\" is missing");
    assertRefused(
        "{categories: [], cases: [{name: a, pod: pod.yaml, expect: {rule: 0}}]}",
        folder.resolve("pod.yaml") + ":1:7: kind: a Pod is expected");
  }

  @Test
  void ofSeveralDocumentsTheOneThatIsNamedIsMeant() throws IOException {
    String policy = "---\nkind: RetryPolicy\nname: %s\ndefaultAction: Fail\n";
    write("all.yaml", policy.formatted("one") + policy.formatted("two") + "---\nkind: Queue\n");
    String one = "{policy: FILE, cases: [{name: a, failure: null, expect: {decision: fail}}]}";
    assertThat(read(one.replace("FILE", "all.yaml#two")).policies())
        .extracting(RetryPolicy::name)
        .containsExactly("two");
    assertRefused(
        one.replace("FILE", "all.yaml"),
        "\"all.yaml\" has 2 documents of kind RetryPolicy; name one: all.yaml#one, all.yaml#two");
    assertRefused(
        one.replace("FILE", "all.yaml#three"),
        "\"all.yaml#three\": there is no such RetryPolicy; there are: [one, two]");
    assertRefused(
        "{categories: all.yaml, cases: [" + CASE + "]}", "has 0 documents of kind Categories");
  }

  @Test
  void aYamlBombIsRefusedWhereverItStands() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertRefused(bomb.toString(), "aliases expand this to more than");
    write("bomb.yaml", bomb.toString());
    assertRefused(
        "{categories: [], cases: [{name: a, pod: bomb.yaml, expect: {rule: 0}}]}", "bomb.yaml:7");
  }

  @Test
  void lintJudgesATestWithoutTheFilesItNames() {
    String good = "{categories: none.yaml, cases: [" + CASE + "]}";
    assertThat(AnyDocument.lint(YamlFile.read("t.yaml", good).single())).isEmpty();
    String doubtful = "{categories: {categories: []}, cases: [" + CASE + "]}";
    assertThat(AnyDocument.lint(YamlFile.read("t.yaml", doubtful).single()).get(0).message())
        .startsWith("enabled is absent");
    assertThatThrownBy(
            () -> AnyDocument.lint(YamlFile.read("t.yaml", "{policy: x, cases: []}").single()))
        .hasMessageContaining("at least one case is expected");
  }

  private void assertRefused(String text, String problem) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(problem);
  }

  private RuleTest read(String text) {
    return RuleTestReader.read(YamlFile.read("t.yaml", text), new NamedFiles(folder));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
