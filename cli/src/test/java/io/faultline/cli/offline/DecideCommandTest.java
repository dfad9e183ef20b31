package io.faultline.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.Ran;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.policy.RuleNames;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandTest {
  private static final Path TABLE =
      Path.of("../rule-files/src/test/resources/io/faultline/rules/policy/retry-table.yaml");

  @TempDir Path folder;
  private String policy;
  private String failure;

  @BeforeEach
  void files() throws IOException {
    policy =
        file(
            "policy.yaml",
            """
            apiVersion: armadaproject.io/v1beta1
            kind: RetryPolicy
            name: ml
            retryLimit: 3
            defaultAction: RETRY_ACTION_FAIL
            rules:
              - action: Retry
                onCategory: gpu
                onExitCodes: {operator: In, values: [74, 75]}
                mutate: {affinity: {avoidSameNode: true}, resources: {memory: {factor: 1.5}}}
            """);
    failure =
        file(
            "failure.yaml",
            """
            kind: PodFailed
            category: gpu
            containers:
              - {name: main, exitCode: 74, message: "ECC error"}
            """);
  }

  @Test
  void theAnswerAsJson() throws IOException {
    Ran ran = Ran.faultline("decide", "--policy", policy, "--failure", failure, "-o", "json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(json(ran.out()))
        .isEqualTo(
            json(
                """
                {"decision": "retry", "reason": "retry", "message": "matched rule: Retry",
                 "rule": {"index": 0, "name": "rule-1"}, "retriesUsed": 0, "retryLimit": 3,
                 "globalMaxRetries": 20,
                 "mutations": {"avoidSameNode": true, "memory": {"factor": 1.5}}, "backoff": null,
                 "trace": [
                  {"check": "globalLimit", "value": "0 retries granted", "expected": "fewer than 20", "holds": true},
                  {"check": "rule-1.onCategory", "value": "gpu", "expected": "gpu", "holds": true},
                  {"check": "rule-1.onExitCodes", "value": "74", "expected": "In [74, 75]", "holds": true},
                  {"check": "rule-1.action", "value": "Retry", "expected": "Retry", "holds": true},
                  {"check": "retryLimit", "value": "1 failures that count, less one: 0 retries used",
                   "expected": "fewer than 3", "holds": true}]}
                """));
  }

  @Test
  void theAnswerForPeople() {
    Ran ran = Ran.faultline("decide", "--policy", policy, "--failure", failure, "--failures", "4");
    assertThat(ran.code()).isZero();
    assertThat(ran.out().replaceAll(" +", " "))
        .startsWith(
            """
            Decision: fail (fail_policy_limit)
            Why: policy retry limit exceeded (3/3)
            Rule: rule-1
            Retries: 3 used, 3 allowed by the policy, 20 at most

            CHECK SAW EXPECTED HOLDS
            globalLimit 3 retries granted fewer than 20 yes
            """);
  }

  @Test
  void theAnswerAsYaml() {
    Ran ran = Ran.faultline("decide", "--policy", policy, "--failure", failure, "-o", "yaml");
    assertThat(ran.out())
        .startsWith("decision: retry\nreason: retry\nmessage: 'matched rule: Retry'\n");
  }

  @Test
  void aFailureOnStandardInput() throws IOException {
    Ran ran =
        Ran.with("null", Map.of(), "decide", "--policy", policy, "--failure", "-", "-o", "json");
    assertThat(json(ran.out()).path("reason").asText()).isEqualTo("no_error");
  }

  @Test
  void badInputEndsWithTwoAndOneLineThatSaysWhere() throws IOException {
    String broken = file("broken.yaml", "{name: p, defaultAction: Perhaps}");
    Ran ran = Ran.faultline("decide", "--policy", broken, "--failure", failure);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "faultline: %s:1:26: defaultAction: unknown action \"Perhaps\"; allowed: Fail, Retry\n"
                .formatted(broken));
  }

  @Test
  void aMissingFileAWrongNumberAndAnUnknownOptionEndWithTwo() {
    assertThat(Ran.faultline("decide", "--policy", "/no/such", "--failure", failure))
        .isEqualTo(new Ran(2, "", "faultline: /no/such: no such file\n"));
    assertThat(
            Ran.faultline("decide", "--policy", policy, "--failure", failure, "--failures", "-1"))
        .isEqualTo(new Ran(2, "", "faultline: --failures: -1 is not 0 or more\n"));
    assertThat(Ran.faultline("decide", "--policy", policy))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: Missing required option: '--failure=FILE'; see 'faultline decide --help'\n"));
    assertThat(Ran.faultline("decide").err())
        .isEqualTo(
            "faultline: Missing required options: '--policy=FILE', '--failure=FILE';"
                + " see 'faultline decide --help'\n");
    assertThat(Ran.faultline("decide", "--polcy", policy).err())
        .startsWith("faultline: Unknown options: '--polcy'")
        .endsWith("see 'faultline decide --help'\n");
    assertThat(Ran.faultline("decide", "--policy", "-", "--failure", "-").err())
        .isEqualTo("faultline: only one of --policy and --failure can be standard input\n");
  }

  @Test
  void severalPoliciesAreAskedInTheirOrder() throws IOException {
    String second =
        file(
            "second.yaml",
            """
            {name: second, retryLimit: 5, defaultAction: Fail, rules: [
              {name: app, action: Retry, when: "counts.job > 1", retryLimit: 2, backoff: {initial: 10s}}]}
            """);
    String app = file("app.yaml", "{kind: PodFailed, counts: {job: 2}}");
    Ran ran =
        Ran.faultline(
            "decide",
            "--policy",
            policy,
            "--policy",
            second,
            "--failure",
            app,
            "--rule-retries",
            "app=1");
    assertThat(ran.out().replaceAll(" +", " "))
        .startsWith(
            """
            Decision: retry (retry)
            Why: matched rule: Retry
            Policy: second
            Rule: app
            Retries: 0 used, 5 allowed by the policy, 20 at most
            Wait: 20s
            """)
        .contains("app.when counts.job = 2 counts.job > 1 yes");
    Ran json =
        Ran.faultline(
            "decide", "--policy", policy, "--policy", second, "--failure", app, "-o", "json");
    assertThat(json.out()).contains("\"policy\" : \"second\"");
    assertThat(
            Ran.faultline("decide", "--policy", second, "--failure", app, "--rule-retries", "ap=1"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: --rule-retries: there is no rule ap; allowed: app, defaultAction\n"));
    assertThat(
            Ran.faultline("decide", "--policy", second, "--policy", second, "--failure", app).err())
        .endsWith("the policy \"second\" is repeated\n");
  }

  /** The rows of the table that need no more than the command can say. */
  @TestFactory
  Stream<DynamicTest> theTableOfPoliciesGoesThroughTheCommand() throws IOException {
    return YamlFile.read("retry-table.yaml", Files.readAllBytes(TABLE)).single().list().stream()
        .map(YamlNode::map)
        .filter(row -> row.find("policy").isPresent())
        .filter(row -> row.find("failFast").isEmpty() && row.find("enabled").isEmpty())
        .filter(row -> row.find("granted").isEmpty() && row.find("attempted").isEmpty())
        .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> throughCommand(row)));
  }

  private void throughCommand(YamlMap row) throws IOException {
    List<String> words = new ArrayList<>(List.of("decide", "-o", "json"));
    List<RetryPolicy> policies = new ArrayList<>();
    for (String key : List.of("policy", "then")) {
      if (row.find(key).isPresent()) {
        String text = policy(row.require(key));
        words.addAll(List.of("--policy", file("row-" + key + ".yaml", text)));
        if (row.find("refused").isEmpty()) {
          policies.add(RetryPolicyReader.read(YamlFile.read(key, text).single()));
        }
      }
    }
    String failed =
        row.written("failure")
            .map(node -> YamlJson.of(node).toString())
            .orElse(
                "{\"kind\": \"PodFailed\", \"containers\": [{\"name\": \"a\", \"exitCode\": 1}]}");
    words.addAll(List.of("--failure", file("row-failure.yaml", failed)));
    words.addAll(
        List.of(
            "--failures",
            row.find("failures").map(n -> n.int32() + "").orElse("1"),
            "--global-max-retries",
            row.find("cap").map(n -> n.int32() + "").orElse("20")));
    row.find("byRule").ifPresent(node -> ruleRetries(node.map(), policies, words));
    Ran ran = Ran.faultline(words.toArray(String[]::new));
    if (row.find("refused").isPresent()) {
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).contains(row.textOrEmpty("refused"));
      return;
    }
    assertThat(ran.code()).isZero();
    assertThat(json(ran.out()).path("reason").asText())
        .isEqualTo(row.require("expect").map().textOrEmpty("reason"));
  }

  /** As the table has it, over what its head says. */
  private static String policy(YamlNode written) {
    ObjectNode policy =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "p")
            .put("retryLimit", 3)
            .put("defaultAction", "Fail");
    policy.setAll((ObjectNode) YamlJson.of(written));
    return policy.toString();
  }

  /** Retries of rules that are not there can't be told to the command, and make no difference. */
  private static void ruleRetries(YamlMap byRule, List<RetryPolicy> policies, List<String> words) {
    RuleNames names = new RuleNames(policies);
    for (String key : byRule.keys()) {
      String name = key.endsWith("/") ? RuleNames.DEFAULT : key;
      if (names.key(name).isPresent()) {
        words.addAll(List.of("--rule-retries", name + "=" + byRule.require(key).int32()));
      }
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
