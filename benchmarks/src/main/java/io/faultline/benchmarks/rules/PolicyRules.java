package io.faultline.benchmarks.rules;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.PastFailure;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.yaml.YamlFile;
import java.time.Instant;
import java.util.List;

/** Rules of a retry policy, of one kind, of which only the last one matches. */
public enum PolicyRules {
  /** Each for a category. */
  CATEGORIES("onCategory: kind-%d"),
  /** Conditions in CEL, of five forms. */
  CONDITIONS(
      "when: \"rates.nodeHour > 1000%d\"",
      "when: \"failure.exitCode in [1000, 1%d] && counts.jobCategory < 3\"",
      "when: \"history.exists(h, h.node == failure.node && h.category == 'kind-%d')\"",
      "when: \"job.queue == 'queue-%d' && !failure.fatal && run.index < 3\"",
      "when: \"failure.category == 'kind-%d' && counts.job < 9 && size(history) > 1\""),
  /** Patterns that are a literal, as those of {@link RuleSet#LITERALS}. */
  LITERALS("onTerminationMessagePattern: \"E%d: device lost\""),
  /** Patterns with something between two literals, as {@link RuleSet#CASE_INSENSITIVE}. */
  CASE_INSENSITIVE("onTerminationMessagePattern: \"(?i)kernel-%d-.*panicked\"");

  private final String[] forms;

  PolicyRules(String... forms) {
    this.forms = forms;
  }

  /** So many rules, read from a file as users write it. */
  RetryPolicy policy(int rules) {
    StringBuilder text = new StringBuilder("name: p\nretryLimit: 3\ndefaultAction: Fail\nrules:\n");
    for (int i = 1; i <= rules; i++) {
      String form = forms[Math.floorMod(i - rules - 1, forms.length)];
      text.append("  - action: Retry\n    ").append(String.format(form, i)).append('\n');
    }
    return RetryPolicyReader.read(YamlFile.read("benchmark.yaml", text.toString()).single());
  }

  /** What only the last of so many rules matches: the third failure of a job, of 4 KiB. */
  FailureSignals failure(int rules) {
    RuleSet message = this == CASE_INSENSITIVE ? RuleSet.CASE_INSENSITIVE : RuleSet.LITERALS;
    Evidence evidence = message.evidence(rules);
    PastFailure past =
        new PastFailure(EvidenceKind.POD_FAILED, "kind", "", 1, evidence.node(), Instant.EPOCH, "");
    return new RecordedFailure(
            evidence,
            "kind-" + rules,
            "",
            List.of("kind-" + rules),
            false,
            new JobIdentity("j", "research", "s", null),
            RecordedFailure.Run.FIRST,
            new FailureCounts(3, 1),
            new FailureRates(4, 2),
            List.of(past, past))
        .signals();
  }
}
