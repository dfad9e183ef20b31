package io.faultline.rules.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Rule;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.rules.categories.CategoriesLint;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents and examples show is read by the real reader. */
class DocumentedCategoriesTest {
  private static final Path ROOT = Path.of("..");

  /** A block of a document, with the place where it begins. */
  private record Block(String place, String text) {
    Categories read() {
      return CategoriesReader.read(place, text);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBlockMarkedAsCategoriesIsRead() throws IOException {
    return blocks().stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.place(),
                    () -> {
                      assertThat(block.read().enabled()).isTrue();
                      YamlNode node = YamlFile.read(block.place(), block.text()).single();
                      assertThat(CategoriesLint.of(node)).isEmpty();
                    }));
  }

  @Test
  void everyMatcherHasAnExampleAndAReader() throws IOException {
    Set<Class<?>> shown = new HashSet<>();
    for (Block block : blocks()) {
      block.read().categories().stream()
          .flatMap(category -> category.rules().stream())
          .map(Rule::matcher)
          .map(Object::getClass)
          .forEach(shown::add);
    }
    assertThat(shown).containsExactlyInAnyOrder(Matcher.class.getPermittedSubclasses());
  }

  @Test
  void theExamplesAreRead() throws IOException {
    String text = Files.readString(ROOT.resolve("deploy/examples/categories.yaml"));
    assertThat(CategoriesReader.read("categories.yaml", text).categories()).isNotEmpty();
    YamlNode node = YamlFile.read("categories.yaml", text).single();
    assertThat(CategoriesLint.of(node)).isEmpty();
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(file -> blocks.addAll(blocks(file)));
    }
    assertThat(blocks).isNotEmpty();
    return blocks;
  }

  private static List<Block> blocks(Path file) {
    try {
      List<Block> blocks = new ArrayList<>();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).equals("```yaml categories")) {
          int end = i + lines.subList(i, lines.size()).indexOf("```");
          blocks.add(
              new Block(
                  file.getFileName() + "#" + (i + 1),
                  String.join("\n", lines.subList(i + 1, end)) + "\n"));
        }
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
