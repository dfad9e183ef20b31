package io.faultline.rules.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A case that fails says why the expected rule did not decide. */
class NearestTest {

  @Test
  void everyRuleOfTheExpectedCategoryIsSaidWithWhatItAsks() {
    assertThat(Tables.one(Tables.CUDA, "{category: exits}").notes())
        .containsExactly(
            "exits, rule 0, matches too, but comes later: onExitCodes NotIn [3] of container main",
            "exits, rule 1, does not match: onConditions [Evicted]",
            "exits, rule 2, does not match: onPodError \"platform\"",
            "exits, rule 3, does not match: onPodEvents Warning Failed \"denied\"");
  }

  @Test
  void onlyTheExpectedRuleIsSaidWhereOneIs() {
    assertThat(Tables.one(Tables.CUDA, "{rule: 1}").notes())
        .containsExactly("gpu, rule 1, matches too, but comes later: onExitCodes In [74]");
    assertThat(Tables.one("failure: {kind: PodIssue}", "{rule: {category: gpu, index: 0}}").notes())
        .containsExactly("gpu, rule 0, does not match: onTerminationMessage \"CUDA\"");
    assertThat(Tables.one(Tables.CUDA, "{category: gpu, rule: 7}").notes())
        .containsExactly("gpu has 2 rules, from 0");
  }

  @Test
  void aCategoryThatIsNotThereIsSaidWithThoseThatAre() {
    assertThat(Tables.one(Tables.CUDA, "{category: cpu}").notes())
        .containsExactly("no category is named cpu; there are: gpu, exits");
    assertThat(Tables.one(Tables.CUDA, "{category: other}").notes()).isEmpty();
    assertThat(Tables.one(Tables.CUDA, "{category: internal}").notes()).isEmpty();
  }

  @Test
  void nothingIsSaidWhereTheRightRuleDecided() {
    assertThat(Tables.one(Tables.CUDA, "{category: gpu, subcategory: x}").notes()).isEmpty();
    assertThat(Tables.one(Tables.CUDA, "{category: gpu}").notes()).isEmpty();
  }

  @Test
  void aCategoryInTheFailureItselfIsNotAskedAndThatIsSaid() {
    assertThat(Tables.one("failure: {kind: PodIssue, category: gpu}", "{decision: retry}").notes())
        .containsExactly(
            "the failure's own category, gpu, is not asked: the categories of this test classify it");
  }

  @Test
  void categoriesThatAreNotEnabledAreNamedAsTheCause() {
    RuleTest test =
        Tables.read(
            "{categories: {categories: [{name: a, rules: [{onConditions: [OOMKilled]}]}]},"
                + " cases: [{name: a, failure: {kind: PodFailed}, expect: {category: a}}]}");
    assertThat(test.judge(test.cases().get(0)).notes())
        .containsExactly(
            "the categories are not enabled, so nothing gets one; write \"enabled: true\"");
  }
}
