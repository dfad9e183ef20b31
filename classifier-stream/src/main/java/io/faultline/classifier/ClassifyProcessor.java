package io.faultline.classifier;

import io.faultline.app.CommitPace;
import io.faultline.classifier.categories.CategoriesInForce;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.evidence.JobError;
import io.faultline.schemas.CloudEventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates: asks whether the run was counted, has the failure classified, counts, forwards. Two
 * reads and two writes for a failure that counts.
 */
final class ClassifyProcessor implements Processor<String, JobError, String, ClassifiedError> {

  private static final Logger log = LoggerFactory.getLogger(ClassifyProcessor.class);
  private static final Duration CLEAN_EVERY = Duration.ofSeconds(10);

  private final ClassifierSettings settings;
  private final Function<String, CategoriesInForce> categoriesOfQueue;
  private final KnownRates rates;

  private ProcessorContext<String, ClassifiedError> context;
  private CommitPace commits;
  private KeyValueStore<String, CountedRun> runs;
  private KeyValueStore<String, JobCounts> counts;

  ClassifyProcessor(
      ClassifierSettings settings,
      Function<String, CategoriesInForce> categoriesOfQueue,
      KnownRates rates) {
    this.settings = settings;
    this.categoriesOfQueue = categoriesOfQueue;
    this.rates = rates;
  }

  @Override
  public void init(ProcessorContext<String, ClassifiedError> context) {
    this.context = context;
    this.commits = new CommitPace(context, settings.streams().commitInterval());
    this.runs = context.getStateStore(ClassifierTopology.COUNTED_RUNS);
    this.counts = context.getStateStore(ClassifierTopology.JOB_COUNTS);
    Forgetting<CountedRun> ofRuns = new Forgetting<>(runs, CountedRun::at);
    Forgetting<JobCounts> ofCounts = new Forgetting<>(counts, JobCounts::lastAt);
    context.schedule(
        CLEAN_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          // by the time of the records, so that a backlog of old ones is still told from its
          // repeats
          Instant before =
              Instant.ofEpochMilli(context.currentStreamTimeMs()).minus(settings.remember());
          ofRuns.forgetSome(before);
          ofCounts.forgetSome(before);
        });
  }

  @Override
  public void process(Record<String, JobError> record) {
    JobError error = record.value();
    if (error == null) {
      log.atWarn()
          .setMessage("a job error without a value, it is passed over")
          .addKeyValue("key", record.key())
          .log();
      return;
    }
    ClassifiedError classified = classified(error, Instant.ofEpochMilli(record.timestamp()));
    Headers headers = new RecordHeaders();
    CloudEventHeaders.copyTrace(record.headers(), headers);
    CloudEventHeaders.of(classified, ClassifierSettings.SERVICE).addTo(headers);
    context.forward(record.withValue(classified).withHeaders(headers));
    commits.took(record.timestamp());
  }

  private ClassifiedError classified(JobError error, Instant at) {
    String jobId = error.job().jobId();
    String runKey = jobId + '\0' + error.run().runId();
    CountedRun known = error.terminal() ? runs.get(runKey) : null;
    if (known != null && known.errorId().equals(error.errorId())) {
      return repeated(error, known);
    }
    CategoriesInForce inForce = categoriesOfQueue.apply(error.job().queue());
    Classification classification = Classifier.classify(inForce.categories(), error.evidence());
    String category = classification.info().category();
    boolean counts = error.terminal() && known == null;
    JobCounts after = countsOf(jobId);
    if (counts) {
      after = after.plus(category, at);
      this.counts.put(jobId, after);
      runs.put(
          runKey,
          CountedRun.of(error.errorId(), inForce.name(), inForce.revision(), classification, at));
    }
    return new ClassifiedError(
        error,
        classification,
        inForce.name(),
        inForce.revision(),
        counts,
        after.of(category),
        rates.of(error.job().queue(), category, error.evidence().node(), at));
  }

  private ClassifiedError repeated(JobError error, CountedRun known) {
    Classification bare = Classifier.classify(Categories.off(), error.evidence());
    return new ClassifiedError(
        error,
        known.again(bare),
        known.categoriesName(),
        known.categoriesRevision(),
        false,
        countsOf(error.job().jobId()).of(known.category()),
        FailureRates.UNKNOWN);
  }

  private JobCounts countsOf(String jobId) {
    JobCounts known = counts.get(jobId);
    return known == null ? JobCounts.NONE : known;
  }
}
