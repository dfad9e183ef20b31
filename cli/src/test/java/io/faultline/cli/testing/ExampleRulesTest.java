package io.faultline.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Category;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.RuleRef;
import io.faultline.rules.table.NamedFiles;
import io.faultline.rules.table.RuleTest;
import io.faultline.rules.table.RuleTestReader;
import io.faultline.rules.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table test of the examples. */
class ExampleRulesTest {
  private static final Path FILE = Path.of("..", "deploy", "examples", "rules-test.yaml");

  @Test
  void theExamplesAreWhatTheirCasesExpect() {
    assertThat(Ran.faultline("test", "rules", FILE.toString()))
        .isEqualTo(new Ran(0, "PASS: 15 cases\n", ""));
  }

  @Test
  void everyRuleOfTheExamplesDecidesACase() throws IOException {
    RuleTest test =
        RuleTestReader.read(
            YamlFile.read(FILE.toString(), Files.readString(FILE)),
            new NamedFiles(FILE.getParent()));
    List<RuleRef> decided =
        test.cases().stream()
            .flatMap(each -> test.judge(each).classification().stream())
            .map(Classification::rule)
            .filter(Objects::nonNull)
            .toList();
    assertThat(decided).containsAll(rules(test.categories().orElseThrow()));
  }

  private static List<RuleRef> rules(Categories categories) {
    return categories.categories().stream().flatMap(ExampleRulesTest::rules).toList();
  }

  private static Stream<RuleRef> rules(Category category) {
    return IntStream.range(0, category.rules().size())
        .mapToObj(i -> new RuleRef(category.name(), i));
  }
}
