package io.faultline.rules.json;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.FailureContext;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.PastFailure;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A failure as people write it for {@code decide} and for tests of rules: the evidence, with what
 * classification found and what is known besides.
 *
 * @param evidence what was seen
 * @param category empty where not known or none
 * @param subcategory empty where not known or none
 * @param categories all that have a matching rule
 * @param fatal whether the category says that another try can't help
 * @param job whose failure it is; names may be empty
 * @param run where it ran: executor, cluster, namespace and pod name may be empty
 * @param counts of the job's failures, this one included
 * @param rates of failures of others
 * @param history the job's earlier failures, oldest first
 */
public record RecordedFailure(
    Evidence evidence,
    String category,
    String subcategory,
    List<String> categories,
    boolean fatal,
    JobIdentity job,
    Run run,
    FailureCounts counts,
    FailureRates rates,
    List<PastFailure> history) {

  /**
   * Where and as which attempt it ran.
   *
   * @param identity which attempt
   */
  public record Run(
      RunIdentity identity, String executor, String cluster, String namespace, String podName) {

    /** The first of a job, nobody knows where. */
    public static final Run FIRST = new Run(new RunIdentity("", 0), "", "", "", "");
  }

  /** Copies the lists. */
  public RecordedFailure {
    categories = List.copyOf(categories);
    history = List.copyOf(history);
  }

  /** The first failure of a job without a name, not classified yet. */
  public static RecordedFailure of(Evidence evidence) {
    return new RecordedFailure(
        evidence,
        "",
        "",
        List.of(),
        false,
        new JobIdentity("", "", "", null),
        Run.FIRST,
        new FailureCounts(1, 1),
        FailureRates.UNKNOWN,
        List.of());
  }

  /**
   * Reads a failure; empty for {@code null}, which is no evidence.
   *
   * @throws RuleFileException where a key is unknown or a value is not what it must be
   */
  public static Optional<RecordedFailure> read(YamlNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(RecordedFailureReader.read(node));
  }

  /** What a policy looks at, by the category that the failure itself names. */
  public FailureSignals signals() {
    ContainerEvidence failed = evidence.firstFailedContainer();
    Termination end = failed == null ? null : failed.termination();
    return signals(
        new FailureInfo(
            end == null ? null : end.exitCode(),
            end == null ? "" : end.message(),
            failed == null ? "" : failed.name(),
            category,
            subcategory,
            categories,
            ""),
        fatal);
  }

  /** What a policy looks at once the failure is classified. */
  public FailureSignals signals(FailureInfo info, boolean isFatal) {
    JobError error =
        new JobError(
            "",
            job,
            run.identity(),
            run.executor(),
            run.cluster(),
            run.namespace(),
            run.podName(),
            Instant.EPOCH,
            true,
            evidence);
    return FailureSignals.of(new FailureContext(error, info, isFatal, counts, rates, history));
  }
}
