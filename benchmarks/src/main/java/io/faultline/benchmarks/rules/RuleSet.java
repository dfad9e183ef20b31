package io.faultline.benchmarks.rules;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.Termination;
import io.faultline.rules.categories.CategoriesReader;
import java.util.List;

/**
 * Rules of one kind, each in a category of its own, of which only the last one matches a failed
 * container with a message of 4 KiB.
 */
public enum RuleSet {
  /** Patterns that are a literal. */
  LITERALS("onTerminationMessage: {pattern: \"E%d: device lost\"}", "E%d: device lost", 1),
  /** Patterns that ignore case and have something between two literals. */
  CASE_INSENSITIVE(
      "onTerminationMessage: {pattern: \"(?i)kernel-%d-.*panicked\"}",
      "KERNEL-%d- has Panicked", 1),
  /** Exit codes, each listed by one rule. */
  EXIT_CODES("onExitCodes: {operator: In, values: [%d]}", "all is lost", 1_000);

  private static final int MESSAGE_CHARS = 4096;
  private static final String LOG =
      "2026-03-01T10:00:00Z WARN worker-17 step 4711 took 12.7 s, epoch 3 of 90, loss 0.4182; ";

  private final String rule;
  private final String words;
  private final int firstNumber;

  RuleSet(String rule, String words, int firstNumber) {
    this.rule = rule;
    this.words = words;
    this.firstNumber = firstNumber;
  }

  /** So many rules, read from a file as users write it. */
  Categories categories(int rules) {
    StringBuilder text = new StringBuilder("enabled: true\ncategories:\n");
    for (int i = 0; i < rules; i++) {
      text.append("  - name: kind-").append(i).append("\n    rules:\n      - ");
      text.append(String.format(rule, firstNumber + i)).append('\n');
    }
    return CategoriesReader.read("benchmark.yaml", text.toString());
  }

  /** What only the last of so many rules matches: its words stand at the end of the message. */
  Evidence evidence(int rules) {
    int last = firstNumber + rules - 1;
    String end = String.format(words, last);
    String message =
        LOG.repeat(MESSAGE_CHARS / LOG.length() + 1).substring(0, MESSAGE_CHARS - end.length())
            + end;
    int exitCode = this == EXIT_CODES ? last : 1;
    return new Evidence(
        EvidenceKind.POD_FAILED,
        null,
        "",
        "",
        "Failed",
        "node-1",
        List.of(
            new ContainerEvidence(
                "main",
                ContainerRole.REGULAR,
                "app:1",
                new Termination(exitCode, 0, "Error", message),
                "",
                null)),
        List.of(),
        "",
        null);
  }
}
