package io.faultline.schemas.wire;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.classify.RuleRef;

/** Failures as they are classified and counted. */
final class ClassifyWire {

  private ClassifyWire() {}

  static io.faultline.schemas.avro.ClassifiedError error(ClassifiedError error) {
    return new io.faultline.schemas.avro.ClassifiedError(
        EvidenceWire.error(error.error()),
        classification(error.classification()),
        error.categoriesName(),
        error.categoriesRevision(),
        error.counted(),
        counts(error.counts()),
        rates(error.rates()));
  }

  static ClassifiedError error(io.faultline.schemas.avro.ClassifiedError error) {
    return new ClassifiedError(
        EvidenceWire.error(error.getError()),
        classification(error.getClassification()),
        error.getCategoriesName(),
        error.getCategoriesRevision(),
        error.getCounted(),
        counts(error.getCounts()),
        rates(error.getRates()));
  }

  static io.faultline.schemas.avro.FailureInfo info(FailureInfo info) {
    return new io.faultline.schemas.avro.FailureInfo(
        info.exitCode(),
        info.terminationMessage(),
        info.containerName(),
        info.category(),
        info.subcategory(),
        info.categories(),
        info.hint());
  }

  static FailureInfo info(io.faultline.schemas.avro.FailureInfo info) {
    return new FailureInfo(
        info.getExitCode(),
        info.getTerminationMessage(),
        info.getContainerName(),
        info.getCategory(),
        info.getSubcategory(),
        info.getCategories(),
        info.getHint());
  }

  static io.faultline.schemas.avro.FailureRate rate(FailureRate rate) {
    return new io.faultline.schemas.avro.FailureRate(
        Words.to(io.faultline.schemas.avro.RateScope.class, rate.scope()),
        rate.queue(),
        rate.category(),
        rate.node(),
        rate.hour(),
        rate.failures());
  }

  static FailureRate rate(io.faultline.schemas.avro.FailureRate rate) {
    return new FailureRate(
        Words.to(FailureRate.Scope.class, rate.getScope()),
        rate.getQueue(),
        rate.getCategory(),
        rate.getNode(),
        rate.getHour(),
        rate.getFailures());
  }

  private static io.faultline.schemas.avro.Classification classification(Classification c) {
    return new io.faultline.schemas.avro.Classification(
        info(c.info()),
        Words.to(io.faultline.schemas.avro.PodAction.class, c.action()),
        c.message(),
        rule(c.rule()),
        c.fatal());
  }

  private static Classification classification(io.faultline.schemas.avro.Classification c) {
    return new Classification(
        info(c.getInfo()),
        Words.to(PodAction.class, c.getAction()),
        c.getMessage(),
        rule(c.getRule()),
        c.getFatal());
  }

  static io.faultline.schemas.avro.RuleRef rule(RuleRef rule) {
    return rule == null
        ? null
        : new io.faultline.schemas.avro.RuleRef(rule.category(), rule.index());
  }

  static RuleRef rule(io.faultline.schemas.avro.RuleRef rule) {
    return rule == null ? null : new RuleRef(rule.getCategory(), rule.getIndex());
  }

  private static io.faultline.schemas.avro.FailureRates rates(FailureRates rates) {
    return rates.equals(FailureRates.UNKNOWN)
        ? null
        : new io.faultline.schemas.avro.FailureRates(rates.queueCategoryHour(), rates.nodeHour());
  }

  private static FailureRates rates(io.faultline.schemas.avro.FailureRates rates) {
    return rates == null
        ? FailureRates.UNKNOWN
        : new FailureRates(rates.getQueueCategoryHour(), rates.getNodeHour());
  }

  private static io.faultline.schemas.avro.FailureCounts counts(FailureCounts counts) {
    return new io.faultline.schemas.avro.FailureCounts(counts.job(), counts.jobCategory());
  }

  private static FailureCounts counts(io.faultline.schemas.avro.FailureCounts counts) {
    return new FailureCounts(counts.getJob(), counts.getJobCategory());
  }
}
