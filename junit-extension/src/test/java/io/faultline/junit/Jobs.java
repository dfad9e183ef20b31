package io.faultline.junit;

/** Job files for tests. */
final class Jobs {

  /** Policies and categories that they need; the same whoever applies them. */
  static final String RULES =
      """
      apiVersion: faultline.io/v1
      kind: Categories
      name: junit
      spec:
        enabled: true
        categories:
          - name: transient
            rules:
              - onExitCodes: {operator: In, values: [75]}
          - name: user
            rules:
              - onExitCodes: {operator: In, values: [1]}
      ---
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: junit
      retryLimit: 2
      defaultAction: Fail
      rules:
        - name: again
          action: Retry
          onCategory: transient
      ---
      apiVersion: faultline.io/v1
      kind: Queue
      name: junit
      priorityFactor: 1
      categories: junit
      retryPolicy: junit
      """;

  private Jobs() {}

  /** One job of the queue {@code junit} that runs a script. */
  static String script(String script) {
    return in("junit", script);
  }

  /** One job of a queue that runs a script, which has no double quotes. */
  static String in(String queue, String script) {
    return """
        queue: %s
        jobs:
          - namespace: default
            podSpec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 1
              containers:
                - name: main
                  image: "test:1"
                  command: [sh, -c, "%s"]
                  resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 10m, memory: 16Mi}}
        """
        .formatted(queue, script);
  }
}
