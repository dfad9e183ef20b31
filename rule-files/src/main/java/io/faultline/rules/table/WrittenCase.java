package io.faultline.rules.table;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.kubernetes.PodReader;
import io.faultline.rules.policy.RuleNames;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A case as it is written: judged by itself, but nothing that it names is read yet.
 *
 * @param node where it stands
 * @param name not empty
 */
record WrittenCase(YamlNode node, String name, List<Expectation> expectations) {
  private static final List<String> OF_PODS = List.of("events", "podError");

  static WrittenCase read(YamlNode node, Set<ResourceKind> judges) {
    YamlMap map =
        node.map()
            .only(
                "name",
                "pod",
                "events",
                "podError",
                "failure",
                "failures",
                "retriesGranted",
                "ruleRetries",
                "globalMaxRetries",
                "expect");
    YamlNode name = map.require("name");
    if (name.text().isBlank()) {
      throw name.problem("a case needs a name that is not empty");
    }
    boolean pod = map.find("pod").isPresent();
    if (pod == map.written("failure").isPresent()) {
      throw node.problem("exactly one is expected of: pod, failure");
    }
    if (!pod) {
      OF_PODS.forEach(key -> map.find(key).ifPresent(WrittenCase::refuseBesideFailure));
    }
    counts(map, Map.of());
    globalMaxRetries(map);
    map.find("ruleRetries").ifPresent(written -> needsPolicy(written, judges));
    return new WrittenCase(node, name.text(), expectations(map.require("expect"), judges));
  }

  /** What says nothing may stand there, as in a case that was written for a pod. */
  private static void refuseBesideFailure(YamlNode node) {
    boolean empty =
        node.type() == YamlNode.Type.LIST ? node.list().isEmpty() : node.text().isEmpty();
    if (!empty) {
      throw node.problem("stands beside a pod; a failure has its own");
    }
  }

  private static List<Expectation> expectations(YamlNode node, Set<ResourceKind> judges) {
    List<String> words = Stream.of(ExpectedField.values()).map(ExpectedField::word).toList();
    YamlMap map = node.map().only(words);
    List<Expectation> expectations = new ArrayList<>();
    for (ExpectedField field : ExpectedField.values()) {
      map.written(field.word())
          .ifPresent(written -> expectations.add(expectation(field, written, judges)));
    }
    if (expectations.isEmpty()) {
      throw node.problem("at least one is expected of: " + String.join(", ", words));
    }
    return expectations;
  }

  private static Expectation expectation(
      ExpectedField field, YamlNode written, Set<ResourceKind> judges) {
    if (!judges.contains(field.judge())) {
      throw written.problem(
          field.judge() == ResourceKind.CATEGORIES
              ? "needs categories, and this file names none"
                  + (field == ExpectedField.RULE ? "; that of the policy is policyRule" : "")
              : "needs a policy, and this file names none");
    }
    return new Expectation(field, field.read(written));
  }

  /** The case with what it names. */
  RuleCase load(NamedFiles files, RuleNames rules) {
    YamlMap map = node.map();
    return new RuleCase(
        name,
        node.line(),
        node.column(),
        failure(map, files),
        counts(map, map.find("ruleRetries").map(n -> ruleRetries(n, rules)).orElse(Map.of())),
        globalMaxRetries(map),
        expectations);
  }

  private static Optional<RecordedFailure> failure(YamlMap map, NamedFiles files) {
    Optional<YamlNode> failure = map.written("failure");
    if (failure.isPresent()) {
      return RecordedFailure.read(files.document(failure.get()));
    }
    Evidence evidence =
        PodReader.evidence(
            files.document(map.require("pod")),
            map.find("events").map(files::document),
            map.textOrEmpty("podError"),
            MessageCut.STANDARD);
    return Optional.of(RecordedFailure.of(evidence));
  }

  private static void needsPolicy(YamlNode node, Set<ResourceKind> judges) {
    if (!judges.contains(ResourceKind.RETRY_POLICY)) {
      throw node.problem("needs a policy, and this file names none");
    }
  }

  /** Retries that rules have granted so far, by their names. */
  private static Map<String, Integer> ruleRetries(YamlNode node, RuleNames rules) {
    YamlMap map = node.map();
    Map<String, Integer> byRule = new HashMap<>();
    for (String name : map.keys()) {
      YamlNode number = map.require(name);
      String key =
          rules
              .key(name)
              .orElseThrow(
                  () -> number.problem("there is no such rule; allowed: " + rules.allowed()));
      byRule.put(key, (int) number.integer(0, Integer.MAX_VALUE));
    }
    return byRule;
  }

  private static RetryCounts counts(YamlMap map, Map<String, Integer> byRule) {
    int failures = number(map, "failures", 1);
    int granted = number(map, "retriesGranted", Math.max(0, failures - 1));
    return new RetryCounts(failures, granted, Math.max(1, failures), byRule);
  }

  private static int globalMaxRetries(YamlMap map) {
    return number(map, "globalMaxRetries", RetrySettings.DEFAULTS.globalMaxRetries());
  }

  private static int number(YamlMap map, String key, int absent) {
    return map.find(key).map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(absent);
  }
}
