package io.faultline.schemas.wire;

import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;

/** Runs: asked for, held, reported. */
final class RunWire {

  private RunWire() {}

  static io.faultline.schemas.avro.RunRequest request(RunRequest request) {
    return new io.faultline.schemas.avro.RunRequest(
        IdentityWire.job(request.job()),
        IdentityWire.run(request.run()),
        JobWire.spec(request.spec()),
        request.podName(),
        GrowthWire.mutations(request.mutations()),
        request.at(),
        SetWire.start(request.group()));
  }

  static RunRequest request(io.faultline.schemas.avro.RunRequest request) {
    return new RunRequest(
        IdentityWire.job(request.getJob()),
        IdentityWire.run(request.getRun()),
        JobWire.spec(request.getSpec()),
        request.getPodName(),
        GrowthWire.mutations(request.getMutations()),
        request.getAt(),
        SetWire.start(request.getGroup()));
  }

  static io.faultline.schemas.avro.Lease lease(Lease lease) {
    return new io.faultline.schemas.avro.Lease(
        request(lease.request()), lease.executor(), lease.cluster(), lease.claimedAt());
  }

  static Lease lease(io.faultline.schemas.avro.Lease lease) {
    return new Lease(
        request(lease.getRequest()), lease.getExecutor(), lease.getCluster(), lease.getClaimedAt());
  }

  static io.faultline.schemas.avro.RunReport report(RunReport report) {
    return new io.faultline.schemas.avro.RunReport(
        IdentityWire.job(report.job()),
        IdentityWire.run(report.run()),
        Words.to(io.faultline.schemas.avro.RunState.class, report.state()),
        report.executor(),
        report.cluster(),
        report.namespace(),
        report.podName(),
        report.node(),
        report.at());
  }

  static RunReport report(io.faultline.schemas.avro.RunReport report) {
    return new RunReport(
        IdentityWire.job(report.getJob()),
        IdentityWire.run(report.getRun()),
        Words.to(RunState.class, report.getState()),
        report.getExecutor(),
        report.getCluster(),
        report.getNamespace(),
        report.getPodName(),
        report.getNode(),
        report.getAt());
  }
}
