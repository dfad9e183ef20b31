package io.faultline.rules.jobset;

import io.faultline.domain.classify.matcher.OnExitCodes.Operator;
import io.faultline.domain.workload.PodFailureAction;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.domain.workload.PodRequirement;
import io.faultline.domain.workload.PodRequirement.Conditions.Wanted;
import io.faultline.rules.kubernetes.PodConditions;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the podFailurePolicy of a Kubernetes Job, within the bounds that Kubernetes sets. */
public final class PodFailurePolicyReader {

  private static final int MOST_RULES = 20;
  private static final int MOST_VALUES = 255;
  private static final int MOST_CONDITIONS = 20;

  /** A qualified name: a DNS subdomain and a slash, which may be absent, and up to 63 more. */
  private static final Pattern CONDITION_TYPE =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private final Set<String> containers;

  private PodFailurePolicyReader(Set<String> containers) {
    this.containers = containers;
  }

  /**
   * Reads a policy.
   *
   * @param containers the names of the template's containers and init containers
   * @throws RuleFileException where it is refused, with the place
   */
  public static PodFailurePolicy read(YamlNode node, Set<String> containers) {
    YamlNode rules = node.map().only("rules").require("rules");
    if (rules.list().size() > MOST_RULES) {
      throw rules.list().get(MOST_RULES).problem("more rules than allowed: " + MOST_RULES);
    }
    return new PodFailurePolicy(rules.list(new PodFailurePolicyReader(containers)::rule));
  }

  private PodFailurePolicy.Rule rule(YamlNode node) {
    YamlMap map = node.map().only("action", "onExitCodes", "onPodConditions");
    PodFailureAction action = action(map.require("action"));
    Optional<YamlNode> exitCodes = map.find("onExitCodes");
    Optional<YamlNode> conditions = map.find("onPodConditions").filter(n -> !n.list().isEmpty());
    if (exitCodes.isPresent() == conditions.isPresent()) {
      throw node.problem(
          "a rule needs exactly one of onExitCodes and onPodConditions, and here "
              + (exitCodes.isPresent() ? "are both" : "is none"));
    }
    return new PodFailurePolicy.Rule(
        action, exitCodes.map(this::exitCodes).orElseGet(() -> conditions(conditions.get())));
  }

  private static PodFailureAction action(YamlNode node) {
    if (node.text().equals("FailIndex")) {
      throw Unsupported.problem(
          node, "FailIndex", "an index has no limit of its own here; use FailJob, Ignore or Count");
    }
    return node.word("action", List.of(PodFailureAction.values()), PodFailureAction::word);
  }

  private PodRequirement exitCodes(YamlNode node) {
    YamlMap map = node.map().only("containerName", "operator", "values");
    Operator operator =
        map.require("operator").word("operator", List.of(Operator.values()), Operator::word);
    return new PodRequirement.ExitCodes(
        map.find("containerName").map(this::container).orElse(null),
        operator,
        values(map.require("values"), operator));
  }

  private String container(YamlNode node) {
    if (!containers.contains(node.text())) {
      throw node.problem(
          "no container of the pod template has the name "
              + node.shown()
              + "; allowed: "
              + String.join(", ", containers));
    }
    return node.text();
  }

  private static Set<Integer> values(YamlNode node, Operator operator) {
    List<YamlNode> items = node.list();
    if (items.isEmpty() || items.size() > MOST_VALUES) {
      throw node.problem(
          "1 to " + MOST_VALUES + " exit codes are expected, and here are " + items.size());
    }
    Set<Integer> values = new LinkedHashSet<>();
    int last = Integer.MIN_VALUE;
    for (YamlNode item : items) {
      int value = item.int32();
      if (value == 0 && operator == Operator.IN) {
        throw item.problem("0 is never looked at, and not allowed with In");
      }
      if (!values.add(value)) {
        throw item.problem("the exit code " + value + " is repeated");
      }
      if (value < last) {
        throw item.problem(value + " comes after " + last + "; exit codes must be in order");
      }
      last = value;
    }
    return values;
  }

  private static PodRequirement conditions(YamlNode node) {
    if (node.list().size() > MOST_CONDITIONS) {
      throw node.list()
          .get(MOST_CONDITIONS)
          .problem("more conditions than allowed: " + MOST_CONDITIONS);
    }
    return new PodRequirement.Conditions(node.list(PodFailurePolicyReader::condition));
  }

  private static Wanted condition(YamlNode node) {
    YamlMap map = node.map().only("type", "status");
    YamlNode type = map.require("type");
    if (!CONDITION_TYPE.matcher(type.text()).matches()) {
      throw type.problem(
          "a condition's type such as DisruptionTarget or example.com/ConfigIssue is expected, not "
              + type.shown());
    }
    if (PodConditions.ordinary(type.text())) {
      throw Unsupported.problem(
          type,
          "the condition " + type.text(),
          "every pod has it in its life, and it is no evidence of an end");
    }
    return new Wanted(type.text(), map.find("status").map(PodConditions::status).orElse("True"));
  }
}
