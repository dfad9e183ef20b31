package io.faultline.schemas.wire;

import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import io.faultline.schemas.avro.CancelJob;
import io.faultline.schemas.avro.RetryJob;
import io.faultline.schemas.avro.SubmitJob;
import io.faultline.schemas.avro.SubmitSet;

/** What is asked of jobs and executors. */
final class JobWire {

  private JobWire() {}

  static io.faultline.schemas.avro.JobCommand command(JobCommand command) {
    return new io.faultline.schemas.avro.JobCommand(
        IdentityWire.job(command.job()), command.at(), command.requestedBy(), asked(command));
  }

  private static Object asked(JobCommand command) {
    if (command instanceof JobCommand.Submit submit) {
      return new SubmitJob(spec(submit.spec()), submit.failFast());
    } else if (command instanceof JobCommand.Cancel cancel) {
      return new CancelJob(cancel.reason());
    } else if (command instanceof JobCommand.Retry) {
      return new RetryJob();
    } else if (command instanceof JobCommand.SubmitSet submit) {
      return new SubmitSet(SetWire.definition(submit.definition()));
    }
    throw new IllegalStateException("command without a mapping: " + command);
  }

  static JobCommand command(io.faultline.schemas.avro.JobCommand command) {
    var job = IdentityWire.job(command.getJob());
    if (command.getCommand() instanceof SubmitJob submit) {
      return new JobCommand.Submit(
          job,
          command.getAt(),
          command.getRequestedBy(),
          spec(submit.getSpec()),
          submit.getFailFast());
    } else if (command.getCommand() instanceof CancelJob cancel) {
      return new JobCommand.Cancel(
          job, command.getAt(), command.getRequestedBy(), cancel.getReason());
    } else if (command.getCommand() instanceof RetryJob) {
      return new JobCommand.Retry(job, command.getAt(), command.getRequestedBy());
    } else if (command.getCommand() instanceof SubmitSet submit) {
      return new JobCommand.SubmitSet(
          job,
          command.getAt(),
          command.getRequestedBy(),
          SetWire.definition(submit.getDefinition()));
    }
    throw new IllegalStateException("command without a mapping: " + command.getCommand());
  }

  static io.faultline.schemas.avro.SpecRef spec(SpecRef spec) {
    return new io.faultline.schemas.avro.SpecRef(spec.partition(), spec.offset(), spec.sha256());
  }

  static SpecRef spec(io.faultline.schemas.avro.SpecRef spec) {
    return new SpecRef(spec.getPartition(), spec.getOffset(), spec.getSha256());
  }

  static io.faultline.schemas.avro.JobSpec jobSpec(JobSpec spec) {
    return new io.faultline.schemas.avro.JobSpec(
        IdentityWire.job(spec.job()),
        spec.owner(),
        spec.clientId(),
        spec.namespace(),
        spec.priority(),
        spec.labels(),
        spec.annotations(),
        spec.podSpec(),
        spec.submittedAt(),
        SetWire.place(spec.place()));
  }

  static JobSpec jobSpec(io.faultline.schemas.avro.JobSpec spec) {
    return new JobSpec(
        IdentityWire.job(spec.getJob()),
        spec.getOwner(),
        spec.getClientId(),
        spec.getNamespace(),
        spec.getPriority(),
        spec.getLabels(),
        spec.getAnnotations(),
        spec.getPodSpec(),
        spec.getSubmittedAt(),
        SetWire.place(spec.getPlace()));
  }

  static io.faultline.schemas.avro.ExecutorCommand executorCommand(ExecutorCommand command) {
    return new io.faultline.schemas.avro.ExecutorCommand(
        IdentityWire.job(command.job()),
        IdentityWire.run(command.run()),
        command.executor(),
        Words.to(io.faultline.schemas.avro.ExecutorAction.class, command.action()),
        command.reason(),
        command.at());
  }

  static ExecutorCommand executorCommand(io.faultline.schemas.avro.ExecutorCommand command) {
    return new ExecutorCommand(
        IdentityWire.job(command.getJob()),
        IdentityWire.run(command.getRun()),
        command.getExecutor(),
        Words.to(ExecutorCommand.Action.class, command.getAction()),
        command.getReason(),
        command.getAt());
  }

  static io.faultline.schemas.avro.Heartbeat heartbeat(Heartbeat heartbeat) {
    return new io.faultline.schemas.avro.Heartbeat(
        heartbeat.executor(), heartbeat.cluster(), heartbeat.at(), heartbeat.stopsAfterMillis());
  }

  static Heartbeat heartbeat(io.faultline.schemas.avro.Heartbeat heartbeat) {
    return new Heartbeat(
        heartbeat.getExecutor(),
        heartbeat.getCluster(),
        heartbeat.getAt(),
        heartbeat.getStopsAfterMillis());
  }
}
