package io.faultline.rules.categories;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoriesLintTest {

  private static List<String> lint(String text) {
    return CategoriesLint.of(YamlFile.read("c.yaml", text).single()).stream()
        .map(Object::toString)
        .toList();
  }

  /** What is said of one category's rules, without the place of the file. */
  private static List<String> ofRules(String... rules) {
    return lint("[{name: a, rules: [\n" + String.join(",\n", rules) + "\n]}]");
  }

  @Test
  void aFileWithoutAnythingOddHasNoWarnings() {
    assertThat(
            ofRules(
                "{onConditions: [OOMKilled], containerName: main}",
                "{onConditions: [OOMKilled, Evicted]}",
                "{onExitCodes: {operator: NotIn, values: [0, 1]}}",
                "{onTerminationMessage: {pattern: '(?i)cuda.*error'}}"))
        .isEmpty();
  }

  @Test
  void aFileThatIsNotEnabledIsNamed() {
    assertThat(lint("categories: []"))
        .containsExactly(
            "c.yaml:1:1: enabled is absent, which is false: no failure gets a category");
    assertThat(lint("enabled: false"))
        .containsExactly("c.yaml:1:10: enabled: enabled is false: no failure gets a category");
  }

  @Test
  void aPatternWithoutLiteralIsNamed() {
    assertThat(ofRules("{onTerminationMessage: {pattern: '[0-9]+'}}"))
        .singleElement()
        .asString()
        .startsWith("c.yaml:2:34: [0].rules[0].onTerminationMessage.pattern: \"[0-9]+\" needs no");
    assertThat(ofRules("{onPodEvents: {regexp: '.*', type: Warning}}")).hasSize(1);
    assertThat(ofRules("{onPodError: {pattern: ''}}"))
        .singleElement()
        .asString()
        .contains("the empty pattern");
  }

  @Test
  void aRuleThatEarlierOnesForestallIsNamed() {
    assertThat(
            ofRules(
                "{onExitCodes: {operator: In, values: [1, 2]}}",
                "{onExitCodes: {operator: In, values: [3]}, containerName: main}",
                "{onExitCodes: {operator: In, values: [2, 3]}, containerName: main}",
                "{onExitCodes: {operator: In, values: [2, 3]}}"))
        .containsExactly(
            "c.yaml:4:1: [0].rules[2]: never decides: whatever it matches, the rules up to line 3"
                + " match first");
    assertThat(
            ofRules(
                "{onPodEvents: {regexp: x, type: Warning}}",
                "{onPodEvents: {regexp: x, type: Warning, reason: BackOff}}",
                "{onPodEvents: {regexp: x, type: Normal}}",
                "{onConditions: [Evicted]}",
                "{onConditions: [Evicted], containerName: main}"))
        .hasSize(3); // the last rule also for its containerName
  }

  @Test
  void whatHasNoEffectIsNamed() {
    assertThat(ofRules("{onPodError: {pattern: x}, containerName: main}"))
        .singleElement()
        .asString()
        .contains("containerName: has no effect");
    assertThat(ofRules("{onExitCodes: {operator: In, values: [0, 1]}}"))
        .singleElement()
        .asString()
        .contains("0 never matches");
  }

  @Test
  void aCategoryNamedInternalIsNamed() {
    assertThat(lint("[{name: internal, rules: [{onConditions: [Evicted]}]}]")).hasSize(1);
  }
}
