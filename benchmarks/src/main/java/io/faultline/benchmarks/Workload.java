package io.faultline.benchmarks;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fixed workload: evidence of about 500 bytes on the topic, 100 rules of the mix that {@code
 * deploy/examples} has, and jobs of which one in ten fails twice.
 */
public final class Workload {

  /** The executor of all runs. */
  public static final String EXECUTOR = "bench";

  /** When every failure happens. */
  public static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static final String ONCE =
      """
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: once
      retryLimit: 1
      defaultAction: Fail
      rules:
      """;

  /** Tries transient errors again, once. */
  public static final String POLICY =
      ONCE
          + """
              - {action: Fail, onCategory: user-error}
              - {action: Retry, onCategory: transient}
            """;

  private static final String NO_CATEGORIES =
      """
      apiVersion: faultline.io/v1
      kind: Categories
      name: default
      spec: {enabled: false}
      """;

  private static final String LEAST_POLICY =
      ONCE + "  - {action: Retry, onExitCodes: {operator: In, values: [74]}}\n";

  private static final String QUEUE = "bench";
  private static final int RULES = 100;
  private static final String STACK =
      """
      Traceback (most recent call last): File "/app/train.py", line 214, in <module> main() File \
      "/app/train.py", line 187, in main batch = next(loader) File "/app/data/loader.py", line 96, \
      in __next__ return self.collate(rows) ValueError: rows of batch NUMBER differ in length""";

  private Workload() {}

  /** The id of a job, a UUID of version 7. */
  public static String jobId(int number) {
    return String.format(Locale.ROOT, "01950000-0000-7000-8000-%012d", number);
  }

  /** How often a job fails before it is over. */
  public static int failures(int number) {
    return number % 10 == 0 ? 2 : 1;
  }

  /** The job as events name it. */
  public static JobIdentity job(String id) {
    return new JobIdentity(id, QUEUE, "bench", null);
  }

  /** The executor lives. */
  public static Heartbeat heartbeat() {
    return new Heartbeat(EXECUTOR, "local", Instant.now(), 30_000);
  }

  /** A new job. */
  public static JobCommand submit(String id) {
    return new JobCommand.Submit(job(id), AT, "bench", new SpecRef(0, 0, ""), false);
  }

  /** The executor has claimed a run. */
  public static RunReport leased(String id, int run) {
    return report(job(id), run, RunState.LEASED);
  }

  /** What the executor says of a run that did not fail. */
  public static RunReport report(JobIdentity job, int run, RunState state) {
    return new RunReport(
        job,
        RunIdentity.of(job.jobId(), run),
        state,
        EXECUTOR,
        "local",
        "default",
        "faultline-" + job.jobId(),
        "node-" + run,
        AT);
  }

  /** The failure of a run: a user's error, or what the policy tries again. */
  public static JobError error(int number, int run) {
    return run + 1 < failures(number)
        ? error(
            jobId(number), run, 74, "connection reset by peer while reading batch " + number, null)
        : error(jobId(number), run, 1, stack(number), null);
  }

  /** The failure of a run by a user's error. */
  public static JobError error(JobIdentity job, int number, int run, Instant at) {
    return error(job, run, at, 1, stack(number), null);
  }

  private static String stack(int number) {
    return STACK.replace("NUMBER", Integer.toString(number));
  }

  /**
   * The failure of a run.
   *
   * @param retryAfter when another try makes sense; null where it does not say
   */
  public static JobError error(
      String id, int run, int exitCode, String message, @Nullable Instant retryAfter) {
    return error(job(id), run, AT, exitCode, message, retryAfter);
  }

  private static JobError error(
      JobIdentity job,
      int run,
      Instant at,
      int exitCode,
      String message,
      @Nullable Instant retryAfter) {
    String id = job.jobId();
    RunIdentity identity = RunIdentity.of(id, run);
    Termination end = new Termination(exitCode, 0, "Error", message);
    return new JobError(
        identity.runId() + "/0",
        job,
        identity,
        EXECUTOR,
        "local",
        "default",
        "faultline-" + id,
        at,
        true,
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "",
            "",
            "Failed",
            "node-" + Math.floorMod(id.hashCode(), 200),
            List.of(new ContainerEvidence("main", ContainerRole.REGULAR, "app:1", end, "", null)),
            List.of(),
            "",
            retryAfter));
  }

  /** Categories, a policy and a queue; the rules that match stand last. */
  public static List<Resource> resources() {
    return resources(categories(), POLICY);
  }

  /** The least that ends the same jobs the same way: no categories, one rule on an exit code. */
  public static List<Resource> leastResources() {
    return resources(NO_CATEGORIES, LEAST_POLICY);
  }

  /** A policy by which what exits with 74 waits for the time that comes with it. */
  public static List<Resource> waitingResources() {
    return resources(
        NO_CATEGORIES,
        LEAST_POLICY.replace(
            "defaultAction: Fail",
            "defaultAction: Fail\nbackoff: {initial: 1ms, factor: 1, max: 720h}"));
  }

  private static List<Resource> resources(String categories, String policy) {
    return List.of(
        resource(ResourceKind.CATEGORIES, "default", 1, categories),
        resource(ResourceKind.RETRY_POLICY, "once", 2, policy),
        resource(
            ResourceKind.QUEUE,
            QUEUE,
            3,
            "apiVersion: faultline.io/v1\nkind: Queue\nname: bench\nretryPolicy: once\n"));
  }

  private static Resource resource(ResourceKind kind, String name, long revision, String body) {
    return new Resource(kind, name, revision, false, body, AT, "bench");
  }

  /** The 100 rules as a file. */
  public static String categories() {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: faultline.io/v1
            kind: Categories
            name: default
            spec:
              enabled: true
              defaultCategory: uncategorized
              defaultSubcategory: unknown
              categories:
            """);
    int rule = 0;
    for (; rule < RULES - 2; rule++) {
      text.append("    - name: kind-").append(rule).append("\n      rules:\n        - ");
      text.append(
          switch (rule % 11) {
            case 0 -> "onConditions: [OOMKilled]";
            case 1 -> "onConditions: [DeadlineExceeded]";
            case 2 -> "onConditions: [Evicted]";
            case 3, 4 ->
                "onTerminationMessage: {pattern: \"(Vendor" + rule + "Error|Oops" + rule + "): \"}";
            case 5 -> "onTerminationMessage: {pattern: \"(?i)device " + rule + " .*not ready\"}";
            case 6 -> "onTerminationMessage: {pattern: \"step" + rule + " (failed|timed out)\"}";
            default -> "onExitCodes: {operator: In, values: [" + (100 + rule) + "]}";
          });
      text.append('\n');
    }
    return text.append(
            """
                - name: user-error
                  rules:
                    - onTerminationMessage: {pattern: "Traceback \\\\(most recent call last\\\\)"}
                - name: transient
                  rules:
                    - onTerminationMessage: {pattern: "(?i)connection (reset|refused)|timed out"}
            """)
        .toString();
  }
}
