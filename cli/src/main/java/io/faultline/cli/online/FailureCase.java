package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.YamlText;
import io.faultline.cli.rest.RestClient;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.RetrySettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A failure that happened as a case of a table test: its evidence, and what was found and decided.
 */
final class FailureCase {

  /** What a policy comes to by the evidence and the counts alone. */
  private static final Set<String> REPEATABLE =
      Set.of(
          DecisionReason.RETRY.word(),
          DecisionReason.FAIL_RULE.word(),
          DecisionReason.FAIL_DEFAULT.word(),
          DecisionReason.FAIL_POLICY_LIMIT.word(),
          DecisionReason.FAIL_GLOBAL_LIMIT.word(),
          DecisionReason.RETRY_UNSCHEDULABLE.word());

  private final JsonNode failure;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ObjectNode expect = JsonNodeFactory.instance.objectNode();
  private String remark;

  private FailureCase(JsonNode failure) {
    this.failure = failure;
    remark =
        "# job %s, run %s, at %s; "
            .formatted(
                Cells.at(failure, "jobId"), Cells.at(failure, "runIndex"), Cells.at(failure, "at"));
  }

  /**
   * The case as an item of the list {@code cases}, two columns in.
   *
   * @throws CliException where there is nothing to expect: neither categories nor a policy judged
   *     it
   */
  static String of(RestClient client, String failureId) {
    JsonNode failure = client.get("/failures/" + RestClient.part(failureId));
    String job = RestClient.part(Cells.at(failure, "jobId"));
    return new FailureCase(failure)
        .text(client.list("/jobs/" + job + "/decisions", Integer.MAX_VALUE));
  }

  private String text(List<JsonNode> decisions) {
    json.put("name", name());
    json.set("failure", failure.get("evidence"));
    classified();
    decided(decisions);
    if (expect.isEmpty()) {
      throw new CliException(
          ExitCode.NO,
          "nothing is expected of this failure: neither categories nor a policy judged it");
    }
    json.set("expect", expect);
    ArrayNode list = JsonNodeFactory.instance.arrayNode().add(json);
    return (remark + "\n" + YamlText.of(list))
        .lines()
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String name() {
    String category = Cells.at(failure, "failureInfo.category");
    String exitCode = Cells.at(failure, "failureInfo.exitCode");
    return (category.isEmpty() ? "no category" : category)
        + ", "
        + (exitCode.isEmpty() ? Cells.at(failure, "kind") : "exit code " + exitCode)
        + " ("
        + Cells.at(failure, "failureId")
        + ")";
  }

  private void classified() {
    String set = Cells.at(failure, "categoriesName");
    if (set.isEmpty()) {
      remark += "no categories";
      return;
    }
    remark += "categories " + set + " at revision " + Cells.at(failure, "categoriesRevision");
    JsonNode info = failure.path("failureInfo");
    expect.put("category", Cells.at(info, "category"));
    expect.put("subcategory", Cells.at(info, "subcategory"));
    ArrayNode categories = expect.putArray("categories");
    info.path("categories").forEach(categories::add);
    JsonNode rule = failure.path("rule").path("index");
    expect.set("rule", rule.isMissingNode() ? null : rule);
  }

  /** A repeat of a failure, and one that did not end its run, was not decided about. */
  private void decided(List<JsonNode> decisions) {
    String run = Cells.at(failure, "runId");
    int granted = 0;
    for (JsonNode decision : decisions) {
      if (decision.path("advice").asBoolean() && decision.has("set")) {
        continue; // about the set of others that the job is of
      }
      if (Cells.at(decision, "runId").equals(run)) {
        if (failure.path("counted").asBoolean()) {
          decided(decision, granted);
        }
        return;
      }
      granted += Cells.at(decision, "reason").equals(DecisionReason.RETRY.word()) ? 1 : 0;
    }
  }

  private void decided(JsonNode decision, int granted) {
    String policy = Cells.at(decision, "policy");
    String reason = Cells.at(decision, "reason");
    if (policy.isEmpty() || !REPEATABLE.contains(reason)) {
      remark += "; " + reason + ", which is not the policy's to say";
      return;
    }
    remark += ", policy " + policy + " at revision " + Cells.at(decision, "policyRevision");
    int used = decision.path("retriesUsed").asInt();
    json.put("failures", used + 1);
    if (granted != used) {
      json.put("retriesGranted", granted);
    }
    int cap = decision.path("globalMaxRetries").asInt();
    if (cap != RetrySettings.DEFAULTS.globalMaxRetries()) {
      json.put("globalMaxRetries", cap);
    }
    expect.put("decision", Cells.at(decision, "decision"));
    expect.put("reason", reason);
  }
}
