package io.faultline.rules.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupReasons;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.group.GroupAnswer;
import io.faultline.rules.group.GroupFile;
import io.faultline.rules.group.GroupFileReader;
import io.faultline.rules.jobset.JobSetReader;
import io.faultline.rules.resource.AnyDocument;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents show of failure policies and sets is read, and does what they say. */
class DocumentedFailurePoliciesTest {
  private static final Path PAGE = Path.of("../docs/failure-policies.md");

  @TestFactory
  Stream<DynamicTest> everyFailurePolicyIsReadWithoutAWarning() throws IOException {
    return MarkdownBlock.of("yaml failure-policy").stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.place(), () -> assertThat(AnyDocument.lint(node(block))).isEmpty()));
  }

  @Test
  void theSetIsDecidedByThePolicyAboveIt() throws IOException {
    YamlNode document = node(only("yaml group"));
    GroupFile group = GroupFileReader.read(document);
    Optional<FailurePolicy> policy =
        FailurePolicyReader.document(node(only("yaml failure-policy")), group.shape());
    ObjectNode answer = GroupAnswer.of(policy, group);
    assertThat(answer.get("ruleName").asText()).isEqualTo("maintenance");
    assertThat(answer.get("matchedJob").asText()).isEqualTo("train-workers-0");
    assertThat(answer.get("collateral")).hasSize(2);
    assertThat(answer.get("decidedAt").asText()).isEqualTo("2026-03-01T10:05:02Z");
    assertThat(answer.get("late")).hasSize(1);
  }

  @Test
  void everyWordIsExplained() throws IOException {
    String text = Files.readString(PAGE);
    Stream.of(GroupAction.values())
        .forEach(
            action ->
                assertThat(text)
                    .containsPattern(
                        "\\| `%s`.*\\| `%s` \\|"
                            .formatted(action.word(), action.outcome().word())));
    Stream.of(JobFailureReason.values())
        .forEach(reason -> assertThat(text).contains("`" + reason.word() + "`"));
    Stream.of(GroupOutcome.values())
        .forEach(outcome -> assertThat(text).contains("`" + outcome.word() + "`"));
    for (String reason :
        List.of(
            GroupReasons.DEFAULT,
            GroupReasons.FAIL_JOB_SET,
            GroupReasons.FAILED_JOBS,
            GroupReasons.REACHED_MAX_RESTARTS,
            GroupReasons.ofRule("<rule>"))) {
      assertThat(text).contains("| `" + reason + "` |");
    }
  }

  @Test
  void aManifestWithEveryActionOfTheProposalsIsToldWhatIsAllowed() throws IOException {
    String text = Files.readString(Path.of("../docs/coming-from-jobset.md"));
    for (String proposed :
        List.of("FollowPodFailurePolicy", "Ignore", "RecreateAllActive", "RecreateJob")) {
      assertThat(text).contains("| `" + proposed);
      assertThat(GroupAction.values()).noneMatch(action -> action.word().equals(proposed));
    }
    YamlNode manifest =
        node(
            MarkdownBlock.in(Path.of("../docs/coming-from-jobset.md")).stream()
                .filter(block -> block.language().equals("yaml failure-policy"))
                .findFirst()
                .orElseThrow());
    assertThat(JobSetReader.read(manifest).failurePolicy().rules())
        .extracting(FailurePolicyRule::name)
        .containsExactly("maintenance", "bug");
  }

  private static MarkdownBlock only(String language) {
    List<MarkdownBlock> blocks =
        MarkdownBlock.in(PAGE).stream().filter(b -> b.language().equals(language)).toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static YamlNode node(MarkdownBlock block) {
    return YamlFile.read(block.place(), block.text()).single();
  }
}
