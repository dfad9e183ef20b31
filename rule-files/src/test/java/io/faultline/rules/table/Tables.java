package io.faultline.rules.table;

import io.faultline.rules.yaml.YamlFile;
import java.nio.file.Path;

/** Table tests as text. */
final class Tables {

  /** Categories and a policy, in the test itself. */
  static final String RULES =
      """
      categories:
        enabled: true
        defaultCategory: other
        defaultSubcategory: unknown
        categories:
          - name: gpu
            action: Delete
            rules:
              - {onTerminationMessage: {pattern: CUDA}, subcategory: cuda, hint: Another node.}
              - {onExitCodes: {operator: In, values: [74]}, subcategory: code}
          - name: exits
            rules:
              - {onExitCodes: {operator: NotIn, values: [3]}, containerName: main}
              - {onConditions: [Evicted]}
              - {onPodError: {pattern: platform}}
              - {onPodEvents: {type: Warning, reason: Failed, regexp: denied}}
      policy:
        kind: RetryPolicy
        name: p
        retryLimit: 3
        defaultAction: Fail
        rules:
          - name: gpu
            action: Retry
            onCategory: gpu
            mutate: {affinity: {avoidSameNode: true}, resources: {memory: {factor: 2}}}
      """;

  /** A failure that the first rule of {@code gpu} decides. */
  static final String CUDA =
      "failure: {kind: PodFailed, containers: [{name: main, exitCode: 74, reason: Error,"
          + " message: CUDA error}]}";

  private Tables() {}

  static RuleTest read(String text) {
    return RuleTestReader.read(YamlFile.read("t.yaml", text), new NamedFiles(Path.of("")));
  }

  /** What comes of one case. */
  static Outcome one(String happened, String expect) {
    RuleTest test =
        read(RULES + "cases:\n- name: a\n  " + happened + "\n  expect: " + expect + "\n");
    return test.judge(test.cases().get(0));
  }
}
