package io.faultline.pipeline;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
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
import io.faultline.pipeline.Plan.End;
import java.time.Instant;
import java.util.List;

/** The plan in the product's own messages. */
final class Messages {

  static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  static final String EXECUTOR = "exec-1";

  private Messages() {}

  static List<Resource> resources() {
    return List.of(
        resource(
            ResourceKind.CATEGORIES,
            "default",
            1,
            """
            apiVersion: faultline.io/v1
            kind: Categories
            name: default
            spec:
              enabled: true
              defaultCategory: uncategorized
              defaultSubcategory: unknown
              categories:
                - name: resources
                  rules:
                    - {onConditions: [OOMKilled], subcategory: oom}
                - name: user-error
                  rules:
                    - {onExitCodes: {operator: In, values: [2, 64]}, subcategory: usage}
                - name: transient
                  rules:
                    - {onTerminationMessage: {pattern: "(?i)try (it )?again"}, subcategory: try-again}
            """),
        resource(
            ResourceKind.RETRY_POLICY,
            "three",
            2,
            """
            apiVersion: faultline.io/v1
            kind: RetryPolicy
            name: three
            retryLimit: 3
            defaultAction: Retry
            rules:
              - {action: Fail, onCategory: user-error}
              - {action: Retry, onConditions: [Preempted]}
            """),
        resource(
            ResourceKind.RETRY_POLICY,
            "strict",
            3,
            """
            apiVersion: faultline.io/v1
            kind: RetryPolicy
            name: strict
            retryLimit: 1
            defaultAction: Fail
            rules:
              - {action: Retry, onCategory: transient, onSubcategory: try-again}
            """),
        queue("retrying", 4, "three"),
        queue("strict", 5, "strict"),
        queue("broken", 6, "gone"));
  }

  private static Resource queue(String name, long revision, String policy) {
    String body =
        "apiVersion: faultline.io/v1\nkind: Queue\nname: " + name + "\nretryPolicy: " + policy;
    return resource(ResourceKind.QUEUE, name, revision, body);
  }

  private static Resource resource(ResourceKind kind, String name, long revision, String body) {
    return new Resource(kind, name, revision, false, body, AT, "test");
  }

  static JobIdentity job(String id, Plan.Queue queue) {
    return new JobIdentity(id, queue.queueName, "crash", null);
  }

  static JobCommand submit(Plan.Job job) {
    SpecRef nowhere = new SpecRef(0, 0, "");
    return new JobCommand.Submit(job(job.id(), job.queue()), AT, "test", nowhere, job.failFast());
  }

  static Heartbeat heartbeat() {
    return new Heartbeat(EXECUTOR, "local", Instant.now(), 30_000);
  }

  static RunReport report(JobIdentity job, int run, RunState state) {
    return new RunReport(
        job,
        RunIdentity.of(job.jobId(), run),
        state,
        EXECUTOR,
        "local",
        "default",
        "pod",
        "node-" + run,
        AT.plusSeconds(run));
  }

  /**
   * A report of a failure.
   *
   * @param name tells the reports of one run apart
   */
  static JobError error(JobIdentity job, int run, String name, End end, boolean terminal) {
    RunIdentity id = RunIdentity.of(job.jobId(), run);
    return new JobError(
        id.runId() + "/" + name,
        job,
        id,
        EXECUTOR,
        "local",
        "default",
        "pod",
        AT.plusSeconds(run),
        terminal,
        evidence(end, "node-" + run));
  }

  private static Evidence evidence(End end, String node) {
    EvidenceKind kind =
        switch (end) {
          case PREEMPTED -> EvidenceKind.PREEMPTED;
          case LEASE_RETURNED -> EvidenceKind.LEASE_RETURNED;
          default -> EvidenceKind.POD_FAILED;
        };
    Integer exitCode = Model.exitCode(end);
    List<ContainerEvidence> containers =
        exitCode == null
            ? List.of()
            : List.of(
                new ContainerEvidence(
                    "main",
                    ContainerRole.REGULAR,
                    "app:1",
                    new Termination(
                        exitCode,
                        0,
                        end == End.OUT_OF_MEMORY ? "OOMKilled" : "Error",
                        end == End.TRANSIENT ? "the peer is busy, Try it again" : "it failed"),
                    "",
                    null));
    return new Evidence(
        kind,
        end == End.LEASE_RETURNED ? InternalCause.LEASE_RETURNED : null,
        "",
        "",
        "Failed",
        node,
        containers,
        List.of(),
        "",
        null);
  }
}
