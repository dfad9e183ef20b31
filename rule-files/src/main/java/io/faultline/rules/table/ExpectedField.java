package io.faultline.rules.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.rules.json.ClassificationJson;
import io.faultline.rules.json.DecisionJson;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a case can expect: the fields of what {@code classify} and {@code decide} print. Both have a
 * rule; that of the policy is {@code policyRule}.
 */
public enum ExpectedField {
  CATEGORY("category", ResourceKind.CATEGORIES, "/category", Form.TEXT),
  SUBCATEGORY("subcategory", ResourceKind.CATEGORIES, "/subcategory", Form.TEXT),
  CATEGORIES("categories", ResourceKind.CATEGORIES, "/categories", Form.NAMES),
  RULE("rule", ResourceKind.CATEGORIES, "/rule", Form.rule("category")),
  ACTION(
      "action",
      ResourceKind.CATEGORIES,
      "/action",
      Form.word(Stream.of(PodAction.values()).map(PodAction::word).toList())),
  HINT("hint", ResourceKind.CATEGORIES, "/hint", Form.TEXT),
  MESSAGE("message", ResourceKind.CATEGORIES, "/message", Form.TEXT),
  EXIT_CODE("exitCode", ResourceKind.CATEGORIES, "/failureInfo/exitCode", Form.NUMBER),
  CONTAINER_NAME("containerName", ResourceKind.CATEGORIES, "/failureInfo/containerName", Form.TEXT),
  TERMINATION_MESSAGE(
      "terminationMessage", ResourceKind.CATEGORIES, "/failureInfo/terminationMessage", Form.TEXT),
  DECISION("decision", ResourceKind.RETRY_POLICY, "/decision", Form.word(List.of("retry", "fail"))),
  REASON(
      "reason",
      ResourceKind.RETRY_POLICY,
      "/reason",
      Form.word(Stream.of(DecisionReason.values()).map(DecisionReason::word).toList())),
  POLICY_RULE("policyRule", ResourceKind.RETRY_POLICY, "/rule", Form.rule("name")),
  RETRIES_USED("retriesUsed", ResourceKind.RETRY_POLICY, "/retriesUsed", Form.NUMBER),
  MUTATIONS("mutations", ResourceKind.RETRY_POLICY, "/mutations", Form.MAP);

  private final String word;
  private final ResourceKind judge;
  private final String place;

  @SuppressWarnings("ImmutableEnumChecker") // a form has no state but two pure functions
  private final Form form;

  ExpectedField(String word, ResourceKind judge, String place, Form form) {
    this.word = word;
    this.judge = judge;
    this.place = place;
    this.form = form;
  }

  /** The key in files. */
  public String word() {
    return word;
  }

  /** What says it: categories or a policy. */
  public ResourceKind judge() {
    return judge;
  }

  /** What is written, in the form in which it is compared. */
  JsonNode read(YamlNode written) {
    return form.read(written);
  }

  /** What the rules say, in the form of what is expected. */
  JsonNode actual(
      JsonNode expected, Optional<Classification> classification, Optional<Decision> decision) {
    Optional<JsonNode> said =
        judge == ResourceKind.CATEGORIES
            ? classification.map(ClassificationJson::of)
            : decision.map(DecisionJson::of);
    return form.actual(
        expected, said.map(json -> json.at(place)).orElseGet(MissingNode::getInstance));
  }
}
