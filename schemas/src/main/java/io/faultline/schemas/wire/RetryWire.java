package io.faultline.schemas.wire;

import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.Decision.Pause;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.ShadowDecision;
import io.faultline.domain.retry.TraceStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decisions. */
final class RetryWire {

  private RetryWire() {}

  static io.faultline.schemas.avro.DecisionRecord record(DecisionRecord record) {
    return new io.faultline.schemas.avro.DecisionRecord(
        IdentityWire.job(record.job()),
        IdentityWire.run(record.run()),
        EvidenceWire.kind(record.kind()),
        decision(record.decision()),
        record.policy(),
        record.policyRevision(),
        record.categoriesRevision(),
        record.advice(),
        record.at(),
        shadow(record.shadow()),
        SetWire.verdict(record.group()));
  }

  static DecisionRecord record(io.faultline.schemas.avro.DecisionRecord record) {
    return new DecisionRecord(
        IdentityWire.job(record.getJob()),
        IdentityWire.run(record.getRun()),
        EvidenceWire.kind(record.getKind()),
        decision(record.getDecision(), record.getPolicy()),
        record.getPolicyRevision(),
        record.getCategoriesRevision(),
        shadow(record.getShadow()),
        record.getAdvice(),
        record.getAt(),
        SetWire.verdict(record.getGroup()));
  }

  private static io.faultline.schemas.avro.ShadowDecision shadow(ShadowDecision shadow) {
    return shadow == null
        ? null
        : new io.faultline.schemas.avro.ShadowDecision(
            shadow.decision().policy(),
            shadow.policyRevision(),
            decision(shadow.decision()),
            shadow.agrees());
  }

  private static ShadowDecision shadow(io.faultline.schemas.avro.ShadowDecision shadow) {
    return shadow == null
        ? null
        : new ShadowDecision(
            decision(shadow.getDecision(), shadow.getPolicy()),
            shadow.getPolicyRevision(),
            shadow.getAgrees());
  }

  private static io.faultline.schemas.avro.Decision decision(Decision decision) {
    return new io.faultline.schemas.avro.Decision(
        decision.retry(),
        Words.to(io.faultline.schemas.avro.DecisionReason.class, decision.reason()),
        decision.message(),
        decision.ruleIndex(),
        decision.ruleName(),
        decision.retriesUsed(),
        decision.retryLimit(),
        decision.globalMaxRetries(),
        mutations(decision.mutations()),
        decision.trace().stream().map(RetryWire::step).toList(),
        decision.counted(),
        pause(decision.pause()));
  }

  private static Decision decision(io.faultline.schemas.avro.Decision decision, String policy) {
    return new Decision(
        decision.getRetry(),
        Words.to(DecisionReason.class, decision.getReason()),
        decision.getMessage(),
        policy,
        decision.getRuleIndex(),
        decision.getRuleName(),
        decision.getRetriesUsed(),
        decision.getRetryLimit(),
        decision.getGlobalMaxRetries(),
        decision.getCounted(),
        pause(decision.getPause()),
        mutations(decision.getMutations()),
        decision.getTrace().stream().map(RetryWire::step).toList());
  }

  private static io.faultline.schemas.avro.Mutations mutations(Mutations mutations) {
    Growth memory =
        mutations.growths().stream()
            .filter(growth -> growth.amount() == Amount.MEMORY)
            .findFirst()
            .orElse(null);
    return new io.faultline.schemas.avro.Mutations(
        mutations.avoidSameNode(),
        memory == null ? null : GrowthWire.memory(memory),
        mutations.preferOtherNode(),
        mutations.growths().stream()
            .filter(growth -> growth.amount() != Amount.MEMORY)
            .map(GrowthWire::other)
            .toList());
  }

  private static Mutations mutations(io.faultline.schemas.avro.Mutations mutations) {
    List<Growth> growths = new ArrayList<>();
    if (mutations.getMemory() != null) {
      growths.add(GrowthWire.memory(mutations.getMemory()));
    }
    mutations.getOthers().forEach(growth -> growths.add(GrowthWire.other(growth)));
    return new Mutations(mutations.getAvoidSameNode(), mutations.getPreferOtherNode(), growths);
  }

  private static io.faultline.schemas.avro.Pause pause(Pause pause) {
    if (pause == null) {
      return null;
    }
    Backoff backoff = pause.backoff();
    return new io.faultline.schemas.avro.Pause(
        new io.faultline.schemas.avro.Backoff(
            backoff.initial().toMillis(),
            backoff.factor().toPlainString(),
            backoff.max().toMillis(),
            backoff.jitter()),
        pause.earlier());
  }

  private static Pause pause(io.faultline.schemas.avro.Pause pause) {
    if (pause == null) {
      return null;
    }
    io.faultline.schemas.avro.Backoff backoff = pause.getBackoff();
    return new Pause(
        new Backoff(
            Duration.ofMillis(backoff.getInitialMillis()),
            new BigDecimal(backoff.getFactor()),
            Duration.ofMillis(backoff.getMaxMillis()),
            backoff.getJitter()),
        pause.getEarlier());
  }

  private static io.faultline.schemas.avro.TraceStep step(TraceStep step) {
    return new io.faultline.schemas.avro.TraceStep(
        step.check(), step.value(), step.expected(), step.holds());
  }

  private static TraceStep step(io.faultline.schemas.avro.TraceStep step) {
    return new TraceStep(step.getCheck(), step.getValue(), step.getExpected(), step.getHolds());
  }
}
