package io.faultline.schemas;

import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.TraceStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The messages of {@code golden.py}, written down a second time as domain records. */
final class GoldenMessages {

  /** Topics in the order in which the script registers their schemas. */
  static final List<Topic<?>> TOPICS =
      List.of(
          Topics.JOB_ERRORS,
          Topics.JOB_EVENTS,
          Topics.JOB_SPECS,
          Topics.DECISIONS,
          Topics.RESOURCES);

  private static final JobIdentity JOB = new JobIdentity("01J0JOB", "research", "nightly-1", null);
  private static final JobIdentity GANG =
      new JobIdentity("01J0JOB", "research", "nightly-1", "gang-7");
  private static final RunIdentity RUN = new RunIdentity("run-0", 0);
  private static final Instant FAILED_AT = Instant.parse("2026-03-01T10:05:00Z");
  private static final Instant SUBMITTED_AT = Instant.parse("2026-03-01T10:00:00Z");

  static final Map<String, Object> BY_NAME =
      Map.ofEntries(
          Map.entry("a failed pod", failedPod()),
          Map.entry("an expired lease", expiredLease()),
          Map.entry(
              "submitted",
              new JobEvent(JOB, null, "", "", "", SUBMITTED_AT, 0, new JobEvent.Submitted("anna"))),
          Map.entry(
              "leased",
              new JobEvent(
                  JOB, RUN, "c1", "e1", "", SUBMITTED_AT.plusSeconds(1), 1, new JobEvent.Leased())),
          Map.entry("failed", new JobEvent(JOB, RUN, "c1", "e1", "node-7", FAILED_AT, 4, failed())),
          Map.entry(
              "retry scheduled",
              new JobEvent(
                  JOB,
                  RUN,
                  "c1",
                  "e1",
                  "node-7",
                  FAILED_AT,
                  5,
                  new JobEvent.RetryScheduled(
                      new RunIdentity("run-1", 1), FAILED_AT.plusSeconds(10)))),
          Map.entry(
              "a spec",
              new JobSpec(
                  JOB,
                  "anna",
                  "",
                  "default",
                  1.5,
                  Map.of("team", "a"),
                  Map.of(),
                  "{\"containers\":[]}",
                  SUBMITTED_AT)),
          Map.entry("a retry with more memory", decision()),
          Map.entry(
              "a deleted queue",
              new Resource(
                  ResourceKind.QUEUE, "research", 1L << 40, true, "", SUBMITTED_AT, "root")));

  private GoldenMessages() {}

  private static JobError failedPod() {
    Termination oom = new Termination(137, 9, "OOMKilled", "<b>");
    return new JobError(
        "run-0/1",
        GANG,
        RUN,
        "e1",
        "c1",
        "default",
        "armada-01J0JOB-0-0",
        Instant.parse("2026-03-01T10:05:00.123456Z"),
        true,
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "Evicted",
            "naïve 🚀\u0000",
            "Failed",
            "node-7",
            List.of(new ContainerEvidence("main", ContainerRole.REGULAR, "app:1", oom, "", null)),
            List.of(new PodEvent("Warning", "BackOff", "again")),
            "",
            Instant.parse("2026-03-01T10:06:00Z"),
            List.of(new PodCondition("DisruptionTarget", "True", "EvictionByEvictionAPI", ""))));
  }

  private static JobError expiredLease() {
    return new JobError(
        "run-0/expired",
        JOB,
        RUN,
        "",
        "",
        "",
        "",
        Instant.parse("1969-12-31T23:59:59.999999Z"),
        false,
        new Evidence(
            EvidenceKind.LEASE_EXPIRED,
            InternalCause.LEASE_EXPIRED,
            "",
            "",
            "",
            "",
            List.of(),
            List.of(),
            "",
            null));
  }

  private static JobEvent.Failed failed() {
    FailureInfo info =
        new FailureInfo(
            74, "ECC error", "main", "gpu", "transient", List.of("gpu", "infrastructure"), "");
    return new JobEvent.Failed(
        EvidenceKind.POD_FAILED, info, "Error", "ECC error", true, "ml-training");
  }

  private static DecisionRecord decision() {
    Decision decision =
        new Decision(
            true,
            DecisionReason.RETRY,
            "matched rule: Retry",
            "ml-training",
            0,
            "rule-1",
            0,
            3,
            20,
            true,
            new Decision.Pause(
                new Backoff(
                    Duration.ofSeconds(10), BigDecimal.valueOf(2), Duration.ofMinutes(10), 0.2),
                1),
            new Mutations(
                true,
                false,
                List.of(
                    new Growth.Fixed(
                        Amount.MEMORY, Quantity.ofBytes(536_870_912), Quantity.ofBytes(1 << 30)),
                    new Growth.Factor(Amount.CPU, "1.5", Quantity.ofBytes(8)))),
            List.of(new TraceStep("globalLimit", "0", "20", true)));
    return new DecisionRecord(
        JOB, RUN, EvidenceKind.POD_FAILED, decision, 12, 9, null, false, FAILED_AT);
  }
}
