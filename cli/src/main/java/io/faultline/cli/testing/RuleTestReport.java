package io.faultline.cli.testing;

import io.faultline.cli.ExitCode;
import io.faultline.cli.testing.JunitReport.Case;
import io.faultline.cli.testing.JunitReport.Kind;
import io.faultline.cli.testing.JunitReport.Problem;
import io.faultline.rules.table.Difference;
import io.faultline.rules.table.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of table tests.
 *
 * @param files in the order of the command line
 */
record RuleTestReport(List<File> files) {

  /**
   * What came of one file.
   *
   * @param name as the user knows it
   * @param refused why it can't be used, with the place; empty where it can
   * @param outcomes of the cases that were asked for; none where it is refused
   */
  record File(String name, String refused, List<Outcome> outcomes) {
    boolean isRefused() {
      return !refused.isEmpty();
    }

    long failed() {
      return outcomes.stream().filter(outcome -> !outcome.passed()).count();
    }
  }

  long cases() {
    return files.stream().mapToLong(file -> file.outcomes().size()).sum();
  }

  long failed() {
    return files.stream().mapToLong(File::failed).sum();
  }

  long refused() {
    return files.stream().filter(File::isRefused).count();
  }

  ExitCode exitCode() {
    if (refused() > 0) {
      return ExitCode.BAD_INPUT;
    }
    return failed() > 0 ? ExitCode.NO : ExitCode.FINE;
  }

  /** A case each, and one for each file that is refused. */
  List<Case> junit() {
    return files.stream().flatMap(RuleTestReport::junit).toList();
  }

  private static Stream<Case> junit(File file) {
    return file.isRefused()
        ? Stream.of(
            new Case(
                file.name(),
                file.name(),
                new Problem(Kind.ERROR, "refused", file.refused(), file.refused())))
        : file.outcomes().stream().map(outcome -> junit(file, outcome));
  }

  private static Case junit(File file, Outcome outcome) {
    Problem problem =
        outcome.passed()
            ? null
            : new Problem(
                Kind.FAILURE,
                "differs",
                outcome.differences().stream()
                    .map(Difference::toString)
                    .collect(Collectors.joining("; ")),
                RuleTestText.of(file.name(), outcome));
    return new Case(file.name(), outcome.tested().name(), problem);
  }
}
