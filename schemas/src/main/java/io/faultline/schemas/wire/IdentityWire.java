package io.faultline.schemas.wire;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;

/** Jobs and runs. */
final class IdentityWire {

  private IdentityWire() {}

  static io.faultline.schemas.avro.JobIdentity job(JobIdentity job) {
    return new io.faultline.schemas.avro.JobIdentity(
        job.jobId(), job.queue(), job.jobSet(), job.gangId());
  }

  static JobIdentity job(io.faultline.schemas.avro.JobIdentity job) {
    return new JobIdentity(job.getJobId(), job.getQueue(), job.getJobSet(), job.getGangId());
  }

  static io.faultline.schemas.avro.RunIdentity run(RunIdentity run) {
    return new io.faultline.schemas.avro.RunIdentity(run.runId(), run.index());
  }

  static RunIdentity run(io.faultline.schemas.avro.RunIdentity run) {
    return new RunIdentity(run.getRunId(), run.getIndex());
  }
}
