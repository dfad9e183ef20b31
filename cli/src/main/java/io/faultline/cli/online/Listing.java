package io.faultline.cli.online;

import io.faultline.cli.output.Columns;
import java.util.List;

/**
 * A list that {@code get} can show.
 *
 * @param name the word after {@code get}
 * @param alias other words for it, with spaces between; empty for none
 * @param path where the list is
 * @param filters the query parameters it takes; an option each
 * @param columns how it is shown
 * @param one whether one of them can be had by its id
 * @param description for the help
 */
record Listing(
    String name,
    String alias,
    String path,
    List<String> filters,
    Columns columns,
    boolean one,
    String description) {

  private static final Columns RESOURCE =
      Columns.none()
          .add("NAME", "name")
          .add("REVISION", "revision")
          .add("CHANGED AT", "changedAt")
          .add("BY", "changedBy");

  static final List<Listing> ALL =
      List.of(
          new Listing(
              "jobs",
              "job",
              "/jobs",
              List.of("queue", "jobSet", "state"),
              Columns.none()
                  .add("JOB", "jobId")
                  .add("QUEUE", "queue")
                  .add("JOB SET", "jobSet")
                  .add("STATE", "state")
                  .add("CATEGORY", "failureInfo.category")
                  .add("EXIT", "failureInfo.exitCode")
                  .add("SUBMITTED AT", "submittedAt")
                  .wide("ENDED AT", "endedAt")
                  .wide("OWNER", "owner")
                  .wide("CLIENT ID", "clientId")
                  .wide("REASON", "reason")
                  .wide("POLICY", "policy"),
              true,
              "jobs, newest first, or one"),
          new Listing(
              "sets",
              "set",
              "/sets",
              List.of("queue", "jobSet"),
              Columns.none()
                  .add("SET", "setId")
                  .add("NAME", "name")
                  .add("QUEUE", "queue")
                  .add("JOB SET", "jobSet")
                  .add("JOBS", "jobs")
                  .add("STATE", "state")
                  .add("RESTARTS", "restarts")
                  .add("SUBMITTED AT", "submittedAt")
                  .wide("GANG", "gang")
                  .wide("OWNER", "owner"),
              true,
              "gangs and JobSets, newest first, or one"),
          new Listing(
              "failures",
              "failure",
              "/failures",
              List.of(
                  "category",
                  "subcategory",
                  "queue",
                  "jobSet",
                  "jobId",
                  "node",
                  "exitCode",
                  "from",
                  "to",
                  "counted"),
              Columns.none()
                  .add("AT", "at")
                  .add("JOB", "jobId")
                  .add("RUN", "runIndex")
                  .add("QUEUE", "queue")
                  .add("KIND", "kind")
                  .add("CATEGORY", "failureInfo.category")
                  .add("SUBCATEGORY", "failureInfo.subcategory")
                  .add("EXIT", "failureInfo.exitCode")
                  .wide("NODE", "node")
                  .wide("CONTAINER", "failureInfo.containerName")
                  .wide("FAILURES", "counts.job")
                  .wide("FAILURE", "failureId")
                  .wide("MESSAGE", "message"),
              true,
              "failures, newest first, or one with its evidence"),
          new Listing(
              "decisions",
              "decision",
              "/decisions",
              List.of(
                  "queue",
                  "jobSet",
                  "jobId",
                  "reason",
                  "policy",
                  "advice",
                  "shadowPolicy",
                  "shadowAgrees",
                  "from",
                  "to"),
              Columns.none()
                  .add("AT", "at")
                  .add("JOB", "jobId")
                  .add("RUN", "runIndex")
                  .add("DECISION", "decision")
                  .add("REASON", "reason")
                  .add("POLICY", "policy")
                  .add("RULE", "rule.name")
                  .add("USED", "retriesUsed")
                  .add("LIMIT", "retryLimit")
                  .add("SET", "set.name")
                  .add("GENERATION", "set.generation")
                  .add("BLAMED", "set.blamed")
                  .add("CAUSE", "set.jobFailureReason")
                  .wide("CATEGORIES", "set.categories")
                  .wide("OUTCOME", "set.outcome")
                  .wide("QUEUE", "queue")
                  .wide("KIND", "kind")
                  .wide("ADVICE", "advice")
                  .wide("POLICY REVISION", "policyRevision")
                  .wide("CATEGORIES REVISION", "categoriesRevision")
                  .wide("SHADOW", "shadow.policy")
                  .wide("SHADOW REASON", "shadow.reason")
                  .wide("MESSAGE", "message"),
              false,
              "decisions, newest first"),
          new Listing("queues", "queue", "/queues", List.of(), RESOURCE, true, "queues"),
          new Listing(
              "policies",
              "policy retry-policies retry-policy",
              "/retry-policies",
              List.of(),
              RESOURCE,
              true,
              "retry policies"),
          new Listing(
              "categories", "", "/categories", List.of(), RESOURCE, true, "sets of categories"),
          new Listing(
              "cordons",
              "cordon",
              "/cordons",
              List.of(),
              Columns.none()
                  .add("NAME", "name")
                  .add("QUEUE", "document.queue")
                  .add("EXECUTOR", "document.executor")
                  .add("DRAIN", "document.drain")
                  .add("REASON", "document.reason")
                  .add("CHANGED AT", "changedAt")
                  .add("BY", "changedBy")
                  .wide("REVISION", "revision"),
              true,
              "queues and executors that are held back"));

  /** Whether one of them can be had as a case of a table test. */
  boolean cases() {
    return name.equals("failures");
  }

  static final Listing DEAD_LETTERS =
      new Listing(
          "list",
          "",
          "/dead-letters",
          List.of("service", "topic", "reason"),
          Columns.none()
              .add("ID", "id")
              .add("AT", "at")
              .add("SERVICE", "service")
              .add("TOPIC", "topic")
              .add("PARTITION", "partition")
              .add("OFFSET", "offset")
              .add("REASON", "reason")
              .wide("BYTES", "bytes")
              .wide("KEY", "key")
              .wide("ERROR", "error"),
          false,
          "dead letters, newest first");

  static final Columns RUNS =
      Columns.none()
          .add("RUN", "runIndex")
          .add("STATE", "state")
          .add("NODE", "node")
          .add("STARTED AT", "startedAt")
          .add("ENDED AT", "endedAt")
          .add("CATEGORY", "failureInfo.category")
          .add("EXIT", "failureInfo.exitCode")
          .add("REASON", "reason")
          .wide("RUN ID", "runId")
          .wide("EXECUTOR", "executor")
          .wide("POD", "podName")
          .wide("MESSAGE", "message");

  static final Columns RESOURCES =
      Columns.none()
          .add("KIND", "kind")
          .add("NAME", "name")
          .add("REVISION", "revision")
          .add("CHANGED AT", "changedAt")
          .add("BY", "changedBy");
}
