package io.faultline.cli.testing;

import io.faultline.cli.output.Cells;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.TraceStep;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.table.Difference;
import io.faultline.rules.table.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What came of table tests, for people: each case that fails, with all that says why. */
final class RuleTestText {
  private final PrintWriter out;

  private RuleTestText(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints a report.
   *
   * @param all cases that pass as well
   */
  static void print(PrintWriter out, RuleTestReport report, boolean all) {
    RuleTestText text = new RuleTestText(out);
    for (RuleTestReport.File file : report.files()) {
      file.outcomes().stream()
          .filter(outcome -> all || !outcome.passed())
          .forEach(outcome -> text.outcome(file.name(), outcome));
    }
    boolean passed = report.failed() == 0 && report.refused() == 0;
    out.println(
        passed
            ? "PASS: " + report.cases() + " cases"
            : "FAIL: %d of %d cases%s"
                .formatted(
                    report.failed(),
                    report.cases(),
                    report.refused() == 0 ? "" : ", files refused: " + report.refused()));
  }

  /** What came of one case. */
  static String of(String file, Outcome outcome) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      new RuleTestText(out).outcome(file, outcome);
    }
    return text.toString();
  }

  private void outcome(String file, Outcome outcome) {
    line(
        "%s %s:%d:%d %s"
            .formatted(
                outcome.passed() ? "PASS" : "FAIL",
                file,
                outcome.tested().line(),
                outcome.tested().column(),
                outcome.tested().name()));
    if (outcome.passed()) {
      return;
    }
    for (Difference difference : outcome.differences()) {
      line("  %-16sexpected  %s".formatted(difference.field() + ":", difference.expected()));
      line("  %-16sgot       %s".formatted("", difference.actual()));
    }
    outcome
        .tested()
        .failure()
        .map(RecordedFailure::evidence)
        .ifPresentOrElse(this::seen, () -> line("  seen: no evidence at all"));
    outcome.classification().ifPresent(this::classified);
    outcome.notes().forEach(note -> line("    " + note));
    outcome.decision().ifPresent(this::decided);
    out.println();
  }

  private void seen(Evidence evidence) {
    line(
        "  seen: %s%s%s"
            .formatted(
                evidence.kind().word(),
                evidence.podReason().isEmpty() ? "" : ", the pod's reason " + evidence.podReason(),
                evidence.failedContainers().isEmpty() ? ", no failed container" : ""));
    block("pod error", evidence.podError());
    evidence.events().forEach(e -> block("event " + e.type() + " " + e.reason(), e.message()));
  }

  private void classified(Classification classification) {
    block("text", classification.message());
    FailureInfo info = classification.info();
    String category = info.category().isEmpty() ? "no category" : info.category();
    String by =
        classification.rule() == null
            ? ", by no rule"
            : ", by its rule " + classification.rule().index();
    List<String> others =
        info.categories().stream().filter(name -> !name.equals(info.category())).toList();
    line(
        "  classified: "
            + category
            + (info.subcategory().isEmpty() ? "" : " / " + info.subcategory())
            + by
            + (others.isEmpty() ? "" : "; also " + String.join(", ", others)));
  }

  private void decided(Decision decision) {
    line(
        "  decided: %s (%s), %s%s"
            .formatted(
                decision.retry() ? "retry" : "fail",
                decision.reason().word(),
                decision.message(),
                decision.ruleName().isEmpty() ? "" : ", rule " + decision.ruleName()));
    for (TraceStep step : decision.trace()) {
      line(
          "    %s %s: %s, expected %s"
              .formatted(
                  step.holds() ? "+" : "-",
                  step.check(),
                  orNone(step.value()),
                  orNone(step.expected())));
    }
  }

  private void line(String text) {
    out.println(Cells.line(text, 0).stripTrailing());
  }

  private void block(String title, String text) {
    if (!text.isEmpty()) {
      line("  " + title + ":");
      Cells.block(text).lines().forEach(line -> out.println(("    | " + line).stripTrailing()));
    }
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }
}
