package io.faultline.rules.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.cel.CelExpression;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.resource.AnyDocument;
import io.faultline.rules.resource.ResourceDocument;
import io.faultline.rules.resource.ResourceFile;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents and examples show is read by the real readers, without a warning. */
class DocumentedPoliciesTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path EXAMPLES = Path.of("../deploy/examples");

  @Test
  void everyYamlBlockSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS)) {
      assertThat(
              files
                  .filter(
                      file ->
                          Set.of(
                                  "policies.md",
                                  "cli.md",
                                  "failure-policies.md",
                                  "coming-from-jobset.md")
                              .contains(file.getFileName().toString()))
                  .flatMap(file -> MarkdownBlock.in(file).stream())
                  .filter(block -> block.language().startsWith("yaml"))
                  .map(MarkdownBlock::language))
          .isSubsetOf(
              "yaml resources",
              "yaml failure",
              "yaml jobs",
              "yaml categories",
              "yaml failure-policy",
              "yaml group");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBlockOfResourcesIsRead() throws IOException {
    return MarkdownBlock.of("yaml resources").stream()
        .map(b -> DynamicTest.dynamicTest(b.place(), () -> resources(b.place(), b.text())));
  }

  @TestFactory
  Stream<DynamicTest> everyBlockOfAFailureIsRead() throws IOException {
    return MarkdownBlock.of("yaml failure").stream()
        .map(
            b ->
                DynamicTest.dynamicTest(
                    b.place(),
                    () ->
                        assertThat(
                                RecordedFailure.read(YamlFile.read(b.place(), b.text()).single()))
                            .isPresent()));
  }

  @TestFactory
  Stream<DynamicTest> everyBlockOfJobsIsRead() throws IOException {
    return MarkdownBlock.of("yaml jobs").stream()
        .map(
            b ->
                DynamicTest.dynamicTest(
                    b.place(), () -> JobFile.read(YamlFile.read(b.place(), b.text()).single())));
  }

  @Test
  void everyMatcherHasAnExampleAndALineInTheTable() throws IOException {
    Set<RetryMatcher> shown =
        MarkdownBlock.of("yaml resources").stream()
            .flatMap(b -> ResourceFile.read(b.place(), b.text()).stream())
            .filter(d -> d.kind() == ResourceKind.RETRY_POLICY)
            .map(d -> RetryPolicyReader.read(d.node()))
            .flatMap(p -> p.rules().stream())
            .map(RetryRule::matchers)
            .flatMap(java.util.List::stream)
            .collect(Collectors.toSet());
    assertThat(shown.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(RetryMatcher.class.getPermittedSubclasses()));
    String text = Files.readString(DOCS.resolve("policies.md"));
    assertThat(shown).allMatch(m -> text.contains("| `" + m.key() + "` |"));
  }

  @Test
  void everyFieldThatAConditionCanAskForIsInTheTable() throws IOException {
    String text = Files.readString(DOCS.resolve("policies.md"));
    CelExpression.vocabulary()
        .forEach(
            (variable, fields) -> {
              String row =
                  text.lines()
                      .filter(line -> line.startsWith("| `" + variable + "` |"))
                      .findFirst()
                      .orElseThrow();
              assertThat(fields).allMatch(field -> row.contains("`" + field + "`"));
            });
  }

  @Test
  void everyReasonOfADecisionIsExplained() throws IOException {
    String text = Files.readString(DOCS.resolve("policies.md"));
    assertThat(DecisionReason.values())
        .filteredOn(r -> r != DecisionReason.PREEMPTED) // a word of everyday language
        .allMatch(r -> text.contains("`" + r.word() + "`"));
  }

  @TestFactory
  Stream<DynamicTest> theExamplesAreRead() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .filter(f -> !f.getParent().endsWith("event-tests")) // which the command reads
          .sorted()
          .toList()
          .stream()
          .map(f -> DynamicTest.dynamicTest(f.toString(), () -> example(f)));
    }
  }

  private static void example(Path file) throws IOException {
    for (YamlNode node : YamlFile.read(file.toString(), Files.readString(file)).documents()) {
      assertThat(AnyDocument.lint(node)).isEmpty();
    }
  }

  private static void resources(String place, String text) {
    for (ResourceDocument document : ResourceFile.read(place, text)) {
      assertThat(AnyDocument.lint(document.node())).isEmpty();
    }
  }
}
