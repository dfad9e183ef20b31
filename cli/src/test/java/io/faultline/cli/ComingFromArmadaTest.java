package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What docs/coming-from-armada.md shows of Armada's files and commands is accepted as it stands.
 */
class ComingFromArmadaTest {

  private static final Path PAGE = Path.of("../docs/coming-from-armada.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml \\w+\n(.*?)^```$");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static List<String> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
  }

  /** The block that has a line. */
  private Path block(String line) throws IOException {
    String text = blocks().stream().filter(b -> b.contains(line + "\n")).findFirst().orElseThrow();
    return Files.writeString(folder.resolve("block.yaml"), text);
  }

  @Test
  void everyFileIsAcceptedWithoutAWarning() throws IOException {
    assertThat(blocks()).hasSize(5);
    for (String text : blocks()) {
      Path file = Files.writeString(folder.resolve("armada.yaml"), text);
      Ran ran = Ran.faultline("lint", "--strict", "-f", file.toString());
      assertThat(ran.code()).as(text + ran.out() + ran.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'category: user-error', 1, fail_rule",
    "'category: gpu, subcategory: transient', 1, retry",
    "'category: gpu, subcategory: broken', 1, fail_default",
    "'category: gpu, subcategory: transient', 3, retry",
    "'category: gpu, subcategory: transient', 4, fail_policy_limit",
    "'category: internal, subcategory: lease-expired', 1, retry",
    "'category: oom', 1, retry"
  })
  void todaysPolicyDecidesAsThere(String failure, String failures, String reason)
      throws IOException {
    assertThat(decided("name: ml-training-retries", failure, failures)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'podReason: Evicted', 1, retry",
    "'containers: [{name: main, exitCode: 75}]', 1, retry",
    "'containers: [{name: main, exitCode: 1}]', 1, fail_default",
    "'containers: [{name: main, exitCode: 1, message: Connection refused}]', 2, retry",
    "'podError: the image pull failed', 3, fail_policy_limit"
  })
  void thePrototypesPolicyDecidesAsThere(String failure, String failures, String reason)
      throws IOException {
    assertThat(decided("name: prototype", failure, failures)).isEqualTo(reason);
  }

  private String decided(String policy, String failure, String failures) throws IOException {
    Path file =
        Files.writeString(folder.resolve("failure.yaml"), "{kind: PodFailed, " + failure + "}");
    Ran ran =
        Ran.faultline(
            "decide",
            "--policy",
            block(policy).toString(),
            "--failure",
            file.toString(),
            "--failures",
            failures,
            "-o",
            "json");
    assertThat(ran.err()).isEmpty();
    return JSON.readTree(ran.out()).path("reason").asText();
  }

  @Test
  void theExecutorsOwnConfigurationClassifies() throws IOException {
    Path pod =
        Files.writeString(
            folder.resolve("pod.json"),
            """
            {"status": {"phase": "Failed", "containerStatuses": [
              {"name": "main", "state": {"terminated": {"exitCode": 126, "reason": "Error"}}}]}}
            """);
    String categories = block("  clusterId: \"local-cluster\"").toString();
    Ran ran =
        Ran.faultline(
            "classify", "--categories", categories, "--pod", pod.toString(), "-o", "json");
    JsonNode classified = JSON.readTree(ran.out());
    assertThat(classified.path("category").asText()).isEqualTo("user_error");
  }

  /** The words before the first name, with {@code --help}. */
  @TestFactory
  Stream<DynamicTest> everyCommandOfTheTableIsThere() throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf("## armadactl"), page.indexOf("## Settings"));
    return table
        .lines()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> line.substring(line.lastIndexOf(" | ")))
        .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
        .map(found -> found.group(1))
        .distinct()
        .map(command -> DynamicTest.dynamicTest(command, () -> isThere(command)));
  }

  private static void isThere(String command) {
    List<String> words =
        Pattern.compile("^[a-z-]+( [a-z-]{4,})?(?= |$)")
            .matcher(command)
            .results()
            .map(MatchResult::group)
            .flatMap(found -> Stream.of(found.split(" ")))
            .filter(word -> !word.startsWith("-"))
            .toList();
    Ran ran =
        Ran.faultline(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));
    assertThat(ran.code()).as(words + ran.err()).isZero();
    for (MatchResult option : Pattern.compile("--[a-z-]+").matcher(command).results().toList()) {
      assertThat(ran.out()).contains(option.group());
    }
  }

  @Test
  void everySettingOfTheTableIsOneOfOurs() throws IOException {
    String page = Files.readString(PAGE);
    String configuration = Files.readString(Path.of("../docs/configuration.md"));
    List<String> keys =
        Pattern.compile("(?m)^\\| `[a-z][\\w.]+` \\| `([a-z][\\w.]+)` \\|")
            .matcher(page.substring(page.indexOf("## Settings")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(keys).hasSizeGreaterThan(6);
    assertThat(keys).allMatch(key -> configuration.contains("| `" + key + "` |"));
  }
}
