package io.faultline.schemas.wire;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetMember;
import io.faultline.domain.set.SetState;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedPod;
import io.faultline.domain.watched.WatchedRecords;
import io.faultline.domain.watched.WatchedRound;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The mapping of each type that stands on a topic or in a state store. */
public final class WireFormats {

  private static final Map<Class<?>, WireFormat<?, ?>> BY_TYPE =
      Map.ofEntries(
          entry(
              JobCommand.class,
              io.faultline.schemas.avro.JobCommand.getClassSchema(),
              JobWire::command,
              JobWire::command),
          entry(
              JobSpec.class,
              io.faultline.schemas.avro.JobSpec.getClassSchema(),
              JobWire::jobSpec,
              JobWire::jobSpec),
          entry(
              RunRequest.class,
              io.faultline.schemas.avro.RunRequest.getClassSchema(),
              RunWire::request,
              RunWire::request),
          entry(
              RunReport.class,
              io.faultline.schemas.avro.RunReport.getClassSchema(),
              RunWire::report,
              RunWire::report),
          entry(
              Lease.class,
              io.faultline.schemas.avro.Lease.getClassSchema(),
              RunWire::lease,
              RunWire::lease),
          entry(
              ExecutorCommand.class,
              io.faultline.schemas.avro.ExecutorCommand.getClassSchema(),
              JobWire::executorCommand,
              JobWire::executorCommand),
          entry(
              Heartbeat.class,
              io.faultline.schemas.avro.Heartbeat.getClassSchema(),
              JobWire::heartbeat,
              JobWire::heartbeat),
          entry(
              JobError.class,
              io.faultline.schemas.avro.JobError.getClassSchema(),
              EvidenceWire::error,
              EvidenceWire::error),
          entry(
              ClassifiedError.class,
              io.faultline.schemas.avro.ClassifiedError.getClassSchema(),
              ClassifyWire::error,
              ClassifyWire::error),
          entry(
              JobEvent.class,
              io.faultline.schemas.avro.JobEvent.getClassSchema(),
              EventWire::event,
              EventWire::event),
          entry(
              DecisionRecord.class,
              io.faultline.schemas.avro.DecisionRecord.getClassSchema(),
              RetryWire::record,
              RetryWire::record),
          entry(
              FailureRate.class,
              io.faultline.schemas.avro.FailureRate.getClassSchema(),
              ClassifyWire::rate,
              ClassifyWire::rate),
          entry(
              Resource.class,
              io.faultline.schemas.avro.Resource.getClassSchema(),
              ResourceWire::resource,
              ResourceWire::resource),
          entry(
              ServiceStatus.class,
              io.faultline.schemas.avro.ServiceStatus.getClassSchema(),
              ResourceWire::status,
              ResourceWire::status),
          entry(
              JobState.class,
              io.faultline.schemas.avro.JobState.getClassSchema(),
              JobStateWire::state,
              JobStateWire::state),
          entry(
              SetState.class,
              io.faultline.schemas.avro.SetState.getClassSchema(),
              SetStateWire::state,
              SetStateWire::state),
          entry(
              SetMember.class,
              io.faultline.schemas.avro.SetMember.getClassSchema(),
              SetStateWire::member,
              SetStateWire::member),
          entry(
              SetDefinition.class,
              io.faultline.schemas.avro.SetDefinition.getClassSchema(),
              SetWire::definition,
              SetWire::definition),
          entry(
              WatchedFailure.class,
              io.faultline.schemas.avro.WatchedFailure.getClassSchema(),
              WatchedWire::failure,
              WatchedWire::failure),
          entry(
              WatchedPod.class,
              io.faultline.schemas.avro.WatchedPodState.getClassSchema(),
              WatchedWire::pod,
              WatchedWire::pod),
          entry(
              WatchedRound.class,
              io.faultline.schemas.avro.WatchedRoundState.getClassSchema(),
              WatchedWire::round,
              WatchedWire::round),
          entry(
              WatchedRecords.Kept.class,
              io.faultline.schemas.avro.WatchedMemberState.getClassSchema(),
              WatchedWire::kept,
              WatchedWire::kept),
          entry(
              JobCounts.class,
              io.faultline.schemas.avro.JobCounts.getClassSchema(),
              CountsWire::counts,
              CountsWire::counts),
          entry(
              CountedRun.class,
              io.faultline.schemas.avro.CountedRun.getClassSchema(),
              CountsWire::run,
              CountsWire::run));

  private WireFormats() {}

  /**
   * The mapping of a domain type.
   *
   * @throws IllegalArgumentException for a type that stands nowhere
   */
  @SuppressWarnings("unchecked") // the entries pair each type with its own mapping
  public static <V> WireFormat<V, SpecificRecord> of(Class<V> type) {
    WireFormat<?, ?> format = BY_TYPE.get(type);
    if (format == null) {
      throw new IllegalArgumentException(type.getName() + " stands on no topic and in no store");
    }
    return (WireFormat<V, SpecificRecord>) format;
  }

  /** The schemas of all messages and state store values. */
  public static List<Schema> schemas() {
    return BY_TYPE.values().stream().map(WireFormat::schema).toList();
  }

  private static <V, R extends SpecificRecord> Map.Entry<Class<?>, WireFormat<?, ?>> entry(
      Class<V> type,
      Schema schema,
      java.util.function.Function<V, R> toAvro,
      java.util.function.Function<R, V> fromAvro) {
    return Map.entry(type, new WireFormat<>(schema, toAvro, fromAvro));
  }
}
