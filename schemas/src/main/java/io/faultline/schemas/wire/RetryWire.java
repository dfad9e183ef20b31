package io.faultline.schemas.wire;

import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.Mutations.MemoryGrowth;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.retry.TraceStep;
import io.faultline.schemas.avro.MemoryFactor;
import io.faultline.schemas.avro.MemoryFixed;

/** Decisions, and how the next run differs. */
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
        record.at());
  }

  static DecisionRecord record(io.faultline.schemas.avro.DecisionRecord record) {
    return new DecisionRecord(
        IdentityWire.job(record.getJob()),
        IdentityWire.run(record.getRun()),
        EvidenceWire.kind(record.getKind()),
        decision(record.getDecision()),
        record.getPolicy(),
        record.getPolicyRevision(),
        record.getCategoriesRevision(),
        record.getAdvice(),
        record.getAt());
  }

  static io.faultline.schemas.avro.RunMutations mutations(RunMutations mutations) {
    return new io.faultline.schemas.avro.RunMutations(
        mutations.avoidNodes(), mutations.memory().stream().map(RetryWire::growth).toList());
  }

  static RunMutations mutations(io.faultline.schemas.avro.RunMutations mutations) {
    return new RunMutations(
        mutations.getAvoidNodes(), mutations.getMemory().stream().map(RetryWire::growth).toList());
  }

  private static io.faultline.schemas.avro.Decision decision(Decision decision) {
    Mutations mutations = decision.mutations();
    return new io.faultline.schemas.avro.Decision(
        decision.retry(),
        Words.to(io.faultline.schemas.avro.DecisionReason.class, decision.reason()),
        decision.message(),
        decision.ruleIndex(),
        decision.ruleName(),
        decision.retriesUsed(),
        decision.retryLimit(),
        decision.globalMaxRetries(),
        new io.faultline.schemas.avro.Mutations(
            mutations.avoidSameNode(),
            mutations.memory() == null ? null : growth(mutations.memory())),
        decision.trace().stream().map(RetryWire::step).toList());
  }

  private static Decision decision(io.faultline.schemas.avro.Decision decision) {
    io.faultline.schemas.avro.Mutations mutations = decision.getMutations();
    return new Decision(
        decision.getRetry(),
        Words.to(DecisionReason.class, decision.getReason()),
        decision.getMessage(),
        decision.getRuleIndex(),
        decision.getRuleName(),
        decision.getRetriesUsed(),
        decision.getRetryLimit(),
        decision.getGlobalMaxRetries(),
        new Mutations(
            mutations.getAvoidSameNode(),
            mutations.getMemory() == null ? null : growth(mutations.getMemory())),
        decision.getTrace().stream().map(RetryWire::step).toList());
  }

  private static Object growth(MemoryGrowth growth) {
    if (growth instanceof Mutations.Factor factor) {
      return new MemoryFactor(factor.factor());
    } else if (growth instanceof Mutations.Fixed fixed) {
      return new MemoryFixed(fixed.bytes());
    }
    throw new IllegalStateException("growth without a mapping: " + growth);
  }

  private static MemoryGrowth growth(Object growth) {
    if (growth instanceof MemoryFactor factor) {
      return new Mutations.Factor(factor.getFactor());
    } else if (growth instanceof MemoryFixed fixed) {
      return new Mutations.Fixed(fixed.getBytes());
    }
    throw new IllegalStateException("growth without a mapping: " + growth);
  }

  private static io.faultline.schemas.avro.TraceStep step(TraceStep step) {
    return new io.faultline.schemas.avro.TraceStep(
        step.check(), step.value(), step.expected(), step.holds());
  }

  private static TraceStep step(io.faultline.schemas.avro.TraceStep step) {
    return new TraceStep(step.getCheck(), step.getValue(), step.getExpected(), step.getHolds());
  }
}
