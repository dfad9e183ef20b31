package io.faultline.benchmarks.ingest;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.ingester.plan.Message;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The workload as the ingester reads it: classified and decided by the product's own code. */
final class Lives {

  private static final RetrySettings SETTINGS = new RetrySettings(true, 20, "", 5, "armada");

  private final Categories categories =
      CategoriesReader.read("workload.yaml", Workload.categories());
  private final RetryPolicy policy =
      RetryPolicyReader.read(YamlFile.read("policy.yaml", Workload.POLICY).single());

  /** Everything that is known of the jobs before they fail. */
  List<Message> begun(int jobs) {
    List<Message> messages = new ArrayList<>();
    for (int job = 0; job < jobs; job++) {
      messages.add(event(job, null, 0, new JobEvent.Submitted("bench")));
      RunIdentity run = RunIdentity.of(Workload.jobId(job), 0);
      messages.add(event(job, run, 1, new JobEvent.Leased()));
      messages.add(event(job, run, 2, new JobEvent.Running("faultline-" + Workload.jobId(job))));
    }
    return messages;
  }

  /** All that each failure has written; the second ones come after the first ones. */
  List<Message> failed(int jobs) {
    List<Message> messages = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      for (int job = 0; job < jobs; job++) {
        if (run < Workload.failures(job)) {
          fail(messages, job, run);
        }
      }
    }
    return messages;
  }

  private void fail(List<Message> messages, int job, int index) {
    JobError error = Workload.error(job, index);
    Classification classification = Classifier.classify(categories, error.evidence());
    messages.add(
        new Message.Failure(
            new ClassifiedError(
                error,
                classification,
                "default",
                1,
                true,
                new FailureCounts(index + 1, index + 1),
                FailureRates.UNKNOWN)));
    Decision decision =
        RetryEngine.decide(
            SETTINGS,
            List.of(policy),
            FailureSignals.of(
                error.evidence(),
                classification.info().category(),
                classification.info().subcategory()),
            new RetryCounts(index + 1, index, index + 1, Map.of()),
            false);
    messages.add(
        new Message.Decided(
            new DecisionRecord(
                error.job(),
                error.run(),
                error.evidence().kind(),
                decision,
                2,
                1,
                null,
                false,
                Workload.AT)));
    messages.add(
        event(
            job,
            error.run(),
            3 + 4 * index,
            new JobEvent.Failed(
                error.evidence().kind(),
                classification.info(),
                "AppError",
                classification.message(),
                decision.retry(),
                policy.name())));
    if (decision.retry()) {
      RunIdentity next = RunIdentity.of(Workload.jobId(job), index + 1);
      messages.add(event(job, error.run(), 4, new JobEvent.RetryScheduled(next, Workload.AT)));
    }
  }

  /**
   * A failure that PostgreSQL refuses, though nothing is wrong with it elsewhere: its id is longer
   * than an entry of an index may be, and can't be compressed below that.
   */
  static Message refused(int number) {
    Random random = new Random(number);
    StringBuilder id = new StringBuilder("zzz");
    while (id.length() < 8_000) {
      id.append((char) ('!' + random.nextInt(90)));
    }
    JobError error = Workload.error(number, 0);
    JobError tooLong =
        new JobError(
            id.toString(),
            error.job(),
            error.run(),
            error.executor(),
            error.cluster(),
            error.namespace(),
            error.podName(),
            error.at(),
            false,
            error.evidence());
    return new Message.Failure(
        new ClassifiedError(
            tooLong,
            Classifier.classify(Categories.off(), error.evidence()),
            "default",
            1,
            false,
            new FailureCounts(1, 1),
            FailureRates.UNKNOWN));
  }

  private static Message event(int job, RunIdentity run, long sequence, JobEvent.Detail detail) {
    return new Message.Event(
        new JobEvent(
            Workload.job(Workload.jobId(job)),
            run,
            run == null ? "" : "local",
            run == null ? "" : Workload.EXECUTOR,
            run == null ? "" : "node-" + job % 200,
            Workload.AT,
            sequence,
            detail));
  }
}
