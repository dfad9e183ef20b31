package io.faultline.decider;

import io.faultline.domain.job.JobEffect;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.ShadowDecision;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each decision: one log line with fixed keys, and one count. */
final class DecisionLog {

  private static final Logger log = LoggerFactory.getLogger(DecisionLog.class);

  private final MeterRegistry metrics;

  DecisionLog(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * Tells of the decisions among effects.
   *
   * @param category of the failure; empty when there is none
   */
  void tell(List<JobEffect> effects, String category) {
    for (JobEffect effect : effects) {
      if (effect instanceof JobEffect.Decide decide) {
        tell(decide.decision(), category);
      }
    }
  }

  private void tell(DecisionRecord record, String category) {
    Decision decision = record.decision();
    String word = decision.retry() ? "retry" : "fail";
    log.atInfo()
        .setMessage("retry decision")
        .addKeyValue("jobId", record.job().jobId())
        .addKeyValue("runId", record.run().runId())
        .addKeyValue("queue", record.job().queue())
        .addKeyValue("policy", record.policy())
        .addKeyValue("decision", word)
        .addKeyValue("reason", decision.reason().word())
        .addKeyValue("rule", decision.ruleName())
        .addKeyValue("retriesUsed", decision.retriesUsed())
        .addKeyValue("retryLimit", decision.retryLimit())
        .addKeyValue("category", category)
        .addKeyValue("advice", record.advice())
        .log();
    metrics
        .counter(
            "faultline.retry.decisions",
            "decision",
            word,
            "reason",
            decision.reason().word(),
            "advice",
            Boolean.toString(record.advice()))
        .increment();
    if (record.shadow() != null) {
      tell(record, record.shadow());
    }
  }

  private void tell(DecisionRecord record, ShadowDecision shadow) {
    String policy = shadow.decision().policy();
    metrics
        .counter(
            "faultline.retry.shadow.decisions",
            "policy",
            policy,
            "agrees",
            Boolean.toString(shadow.agrees()))
        .increment();
    if (!shadow.agrees()) {
      log.atInfo()
          .setMessage("a policy in the shadow disagrees")
          .addKeyValue("jobId", record.job().jobId())
          .addKeyValue("queue", record.job().queue())
          .addKeyValue("policy", record.policy())
          .addKeyValue("reason", record.decision().reason().word())
          .addKeyValue("shadow", policy)
          .addKeyValue("shadowReason", shadow.decision().reason().word())
          .log();
    }
  }
}
