package io.faultline.schemas;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.schemas.Topic.Cleanup;
import java.time.Duration;
import java.util.List;

/** Every topic: its name, what is on it, and how long it is kept. Keys are UTF-8 text. */
public final class Topics {

  private static final int MIB = 1 << 20;

  public static final Topic<JobCommand> JOB_COMMANDS =
      kept("job-commands", JobCommand.class, Duration.ofDays(14));
  public static final Topic<JobSpec> JOB_SPECS = compacted("job-specs", JobSpec.class, 4 * MIB);
  public static final Topic<RunRequest> RUN_REQUESTS =
      kept("run-requests", RunRequest.class, Duration.ofDays(14));
  public static final Topic<RunReport> RUN_REPORTS =
      kept("run-reports", RunReport.class, Duration.ofDays(7));
  public static final Topic<Lease> LEASES = compacted("leases", Lease.class, MIB);
  public static final Topic<ExecutorCommand> EXECUTOR_COMMANDS =
      kept("executor-commands", ExecutorCommand.class, Duration.ofDays(1));
  public static final Topic<Heartbeat> HEARTBEATS =
      kept("heartbeats", Heartbeat.class, Duration.ofHours(1));
  public static final Topic<JobError> JOB_ERRORS =
      kept("job-errors", JobError.class, Duration.ofDays(30));
  public static final Topic<ClassifiedError> CLASSIFIED_ERRORS =
      derived("classified-errors", ClassifiedError.class, Duration.ofDays(30));

  /** Jobs of others that failed; their pods' failures are on {@link #JOB_ERRORS}. */
  public static final Topic<WatchedFailure> WATCHED_FAILURES =
      kept("watched-failures", WatchedFailure.class, Duration.ofDays(14));

  public static final Topic<JobEvent> JOB_EVENTS =
      derived("job-events", JobEvent.class, Duration.ofDays(14));
  public static final Topic<DecisionRecord> DECISIONS =
      derived("decisions", DecisionRecord.class, Duration.ofDays(30));
  public static final Topic<FailureRate> RATES =
      new Topic<>(
          "faultline.rates",
          FailureRate.class,
          Cleanup.COMPACT_AND_DELETE,
          Duration.ofDays(7).toMillis(),
          4 * MIB);

  /** What each instance of each service has in force; silent ones are forgotten after a day. */
  public static final Topic<ServiceStatus> SERVICE_STATUS =
      new Topic<>(
          "faultline.service-status",
          ServiceStatus.class,
          Cleanup.COMPACT_AND_DELETE,
          Duration.ofDays(1).toMillis(),
          MIB);

  public static final Topic<Resource> RESOURCES = compacted("resources", Resource.class, 16 * MIB);
  public static final Topic<Resource> RESOURCE_REVISIONS =
      new Topic<>("faultline.resource-revisions", Resource.class, Cleanup.DELETE, -1, 16 * MIB);

  /** The original bytes of records that could not be decoded. */
  public static final Topic<byte[]> DEAD_LETTERS =
      new Topic<>(
          "faultline.dead-letters",
          byte[].class,
          Cleanup.DELETE,
          Duration.ofDays(90).toMillis(),
          16 * MIB);

  private Topics() {}

  /** Every topic of the catalogue. */
  public static List<Topic<?>> all() {
    return List.of(
        JOB_COMMANDS,
        JOB_SPECS,
        RUN_REQUESTS,
        RUN_REPORTS,
        LEASES,
        EXECUTOR_COMMANDS,
        HEARTBEATS,
        JOB_ERRORS,
        CLASSIFIED_ERRORS,
        WATCHED_FAILURES,
        JOB_EVENTS,
        DECISIONS,
        RATES,
        SERVICE_STATUS,
        RESOURCES,
        RESOURCE_REVISIONS,
        DEAD_LETTERS);
  }

  private static <V> Topic<V> kept(String name, Class<V> type, Duration retention) {
    return new Topic<>("faultline." + name, type, Cleanup.DELETE, retention.toMillis(), 4 * MIB);
  }

  /** Of what carries a job error's texts up to three times: as evidence, as fact and for people. */
  private static <V> Topic<V> derived(String name, Class<V> type, Duration retention) {
    return new Topic<>("faultline." + name, type, Cleanup.DELETE, retention.toMillis(), 16 * MIB);
  }

  private static <V> Topic<V> compacted(String name, Class<V> type, int maxMessageBytes) {
    return new Topic<>("faultline." + name, type, Cleanup.COMPACT, -1, maxMessageBytes);
  }
}
