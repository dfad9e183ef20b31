package io.faultline.rules.categories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Category;
import io.faultline.domain.classify.PodAction;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoriesReaderTest {

  private static Categories read(String text) {
    return CategoriesReader.read("c.yaml", text);
  }

  /** A file whose only category is the text given, in flow style, at line 3. */
  private static void refused(String category, String message) {
    assertThatThrownBy(() -> read("enabled: true\ncategories:\n- " + category + "\n"))
        .isInstanceOf(RuleFileException.class)
        .message()
        .startsWith("c.yaml:3:")
        .contains(message)
        .doesNotContain("\n");
  }

  private static void ruleRefused(String rule, String message) {
    refused("{name: a, rules: [" + rule + "]}", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application: {clusterId: a, errorCategories: DOC}\nkubernetes: {x: [1]}",
        "errorCategories: DOC\nmetric: {port: 9001}",
        "DOC",
        "{apiVersion: faultline.io/v1, kind: Categories, name: default, spec: DOC}",
      })
  void theDocumentMayStandWhereAnExecutorsConfigurationHasIt(String form) {
    String document =
        "{enabled: true, defaultCategory: other, defaultSubcategory: unknown,"
            + " categories: [{name: a, action: Delete, rules: [{onPodError: {pattern: x}}]}]}";
    Categories categories = read(form.replace("DOC", document));
    assertThat(categories.enabled()).isTrue();
    assertThat(categories.defaultCategory()).isEqualTo("other");
    assertThat(categories.defaultSubcategory()).isEqualTo("unknown");
    assertThat(categories.categories().get(0).name()).isEqualTo("a");
    assertThat(categories.categories().get(0).action()).isEqualTo(PodAction.DELETE);
  }

  @Test
  void aCategoryIsFatalWhereItSaysSo() {
    Categories categories =
        read(
            "[{name: a, fatal: true, rules: [{onConditions: [Evicted]}]},"
                + " {name: b, rules: [{onConditions: [Evicted]}]}]");
    assertThat(categories.categories()).extracting(Category::fatal).containsExactly(true, false);
    refused(
        "{name: a, fatal: yes please, rules: [{onConditions: [Evicted]}]}",
        "categories[0].fatal: true or false is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{name: a, rules: [{onConditions: [Evicted]}]}]",
        "errorCategories: [{name: a, rules: [{onConditions: [Evicted]}]}]",
        "application: {errorCategories: [{name: a, rules: [{onConditions: [Evicted]}]}]}",
      })
  void aBareListIsEnabledAndHasNoDefaults(String text) {
    Categories categories = read(text);
    assertThat(categories.enabled()).isTrue();
    assertThat(categories.defaultCategory()).isEmpty();
    assertThat(categories.defaultSubcategory()).isEmpty();
    assertThat(categories.categories()).hasSize(1);
    assertThat(categories.categories().get(0).action()).isEqualTo(PodAction.RETAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled: false\n", "", "enabled:\n"})
  void aFileThatIsNotEnabledIsReadButNotJudged(String enabled) {
    String text = enabled + "categories: [{name: '', rules: [{onPodError: {pattern: '(?='}}]}]";
    assertThat(read(text).enabled()).isFalse();
    assertThat(read(text).categories()).isEmpty();
    assertThatThrownBy(() -> CategoriesLint.of(YamlFile.read("c.yaml", text).single()))
        .isInstanceOf(RuleFileException.class);
  }

  @Test
  void whatAFileMayNotHoldIsRefusedWithItsPlace() {
    refused("{rules: [{onConditions: [Evicted]}]}", "a category needs a name");
    refused("{name: '', rules: [{onConditions: [Evicted]}]}", "a category needs a name");
    refused(
        "{name: " + "x".repeat(64) + ", rules: [{onConditions: [Evicted]}]}",
        "has 64 bytes; at most 63 are allowed");
    refused("{name: 1, rules: [{onConditions: [Evicted]}]}", "put it in quotes");
    refused("{name: \"a\\0\", rules: [{onConditions: [Evicted]}]}", "NUL");
    refused("{name: a}", "at least one rule");
    refused("{name: a, rules: []}", "at least one rule");
    refused(
        "{name: a, action: delete, rules: [{onConditions: [Evicted]}]}",
        "categories[0].action: unknown action \"delete\"; allowed: Retain, Delete");
    refused(
        "{name: a, owner: team-a, rules: [{onConditions: [Evicted]}]}", "unknown key \"owner\"");
    ruleRefused("{}", "exactly one matcher, and here is none");
    ruleRefused("{containerName: a, hint: b}", "exactly one matcher, and here is none");
    ruleRefused("{onConditions: []}", "exactly one matcher, and here is none");
    ruleRefused(
        "{onConditions: [Evicted], onPodError: {pattern: x}}",
        "here are onConditions and onPodError");
    ruleRefused(
        "{onConditions: [OomKilled]}",
        "rules[0].onConditions[0]: unknown condition \"OomKilled\"; allowed: OOMKilled, Evicted,"
            + " DeadlineExceeded");
    ruleRefused("{onConditions: Evicted}", "a list is expected, not \"Evicted\"");
    ruleRefused("{onCondition: [Evicted]}", "unknown key \"onCondition\"; allowed: onConditions,");
    ruleRefused(
        "{onExitCodes: {operator: in, values: [1]}}",
        "unknown operator \"in\"; allowed: In, NotIn");
    ruleRefused("{onExitCodes: {values: [1]}}", "the key \"operator\" is missing");
    ruleRefused("{onExitCodes: {operator: In}}", "the key \"values\" is missing");
    ruleRefused("{onExitCodes: {operator: In, values: []}}", "at least one value");
    ruleRefused(
        "{onExitCodes: {operator: In, values: [2147483648]}}", "2147483648 is out of range");
    ruleRefused("{onExitCodes: {operator: In, values: ['1']}}", "a number is expected");
    ruleRefused("{onExitCodes: {operator: In, values: 1}}", "a list is expected");
    ruleRefused("{onTerminationMessage: {}}", "the key \"pattern\" is missing");
    ruleRefused("{onTerminationMessage: boom}", "a map is expected");
    ruleRefused(
        "{onTerminationMessage: {pattern: 'a(?=b)'}}",
        "rules[0].onTerminationMessage.pattern: \"a(?=b)\" is not an RE2 pattern: invalid or"
            + " unsupported Perl syntax: `(?=`");
    ruleRefused("{onPodError: {pattern: '(a)\\1'}}", "not an RE2 pattern");
    ruleRefused("{onPodError: {pattern: 'a++'}}", "not an RE2 pattern");
    ruleRefused("{onPodError: {pattern: 'a{1001}'}}", "not an RE2 pattern");
    ruleRefused("{onPodError: {pattern: '(a{100}){11}'}}", "not an RE2 pattern");
    ruleRefused("{onPodEvents: {regexp: x}}", "the key \"type\" is missing");
    ruleRefused("{onPodEvents: {type: Warning}}", "the key \"regexp\" is missing");
    ruleRefused(
        "{onPodEvents: {regexp: x, type: warning}}",
        "unknown event type \"warning\"; allowed: Normal, Warning");
    ruleRefused("{onPodError: {pattern: x}, subcategory: " + "ü".repeat(32) + "}", "has 64 bytes");
    ruleRefused("{onPodError: {pattern: x, regexp: y}}", "unknown key \"regexp\"");
    ruleRefused("{onPodError: {pattern: x}, onPodError: {pattern: y}}", "is repeated");
  }

  @Test
  void aRepeatedNameIsRefusedAtItsSecondPlace() {
    String category = "- name: a\n  rules: [{onConditions: [Evicted]}]\n";
    assertThatThrownBy(() -> read(category + category))
        .hasMessage("c.yaml:3:9: [1].name: the category \"a\" is repeated");
  }

  @Test
  void whatIsNoCategoriesFileIsRefused() {
    assertThatThrownBy(() -> read("enable: true")).hasMessageContaining("unknown key \"enable\"");
    assertThatThrownBy(() -> read("enabled: 'true'"))
        .hasMessage("c.yaml:1:10: enabled: true or false is expected, not \"true\"");
    assertThatThrownBy(() -> read("application: {x: 1}"))
        .hasMessage("c.yaml:1:14: application: the key \"errorCategories\" is missing");
    assertThatThrownBy(() -> read("kind: Queue\nname: a\nspec: {}"))
        .hasMessageContaining("unknown kind \"Queue\"");
    assertThatThrownBy(() -> read("hello")).hasMessageContaining("a map is expected");
    assertThatThrownBy(() -> read("")).hasMessage("c.yaml: the file is empty");
    assertThatThrownBy(() -> read("[]\n---\n[]")).hasMessageContaining("a second one begins");
  }

  @Test
  void aFileOfTenThousandRulesBeyondOneMebibyteIsRead() {
    StringBuilder text = new StringBuilder("enabled: true\ncategories:\n");
    for (int i = 0; i < 10_000; i++) {
      if (i % 100 == 0) {
        text.append("  - name: category-" + i + "\n    rules:\n");
      }
      text.append("      - onTerminationMessage: {pattern: \"(?i)error code E" + i + " in .*\"}\n");
      text.append("        hint: \"" + "Ask for more. ".repeat(5) + "\"\n");
    }
    assertThat(text.length()).isGreaterThan(1 << 20);
    Categories categories = read(text.toString());
    assertThat(categories.categories().stream().mapToInt(c -> c.rules().size()).sum())
        .isEqualTo(10_000);
  }
}
