package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.domain.pattern.BadPatternException;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.table.NamedFiles;
import io.faultline.rules.table.RuleTest;
import io.faultline.rules.table.RuleTestReader;
import io.faultline.rules.yaml.RuleFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline test rules}: whether rules say of each case what a file expects. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether categories and retry policies make of each case what it expects.",
      "Exit code 0: they do; 1: they do not; 2: a file is refused."
    })
final class TestRulesCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "files with cases; - is standard input")
  private List<String> files;

  @Option(
      names = "--run",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "only cases whose name this RE2 pattern is found in")
  private String run;

  @Mixin private JunitOption junit;
  @Mixin private OutputOption output;

  TestRulesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (files.stream().filter("-"::equals).count() > 1) {
      throw new CliException(ExitCode.BAD_INPUT, "only one FILE can be standard input");
    }
    Re2Pattern names = names();
    RuleTestReport report =
        new RuleTestReport(files.stream().map(file -> test(file, names)).toList());
    if (report.cases() == 0 && report.refused() == 0) {
      throw new CliException(ExitCode.BAD_INPUT, "--run " + run + ": no case has such a name");
    }
    junit.write("faultline test rules", report.junit());
    boolean all = output.format() == OutputFormat.WIDE;
    new Output(console.out(), output.format())
        .one(RuleTestJson.of(report), out -> RuleTestText.print(out, report, all));
    report.files().stream()
        .filter(RuleTestReport.File::isRefused)
        .forEach(file -> console.err().println("faultline: " + file.refused()));
    return report.exitCode().number();
  }

  private Re2Pattern names() {
    try {
      return Re2Pattern.compile(run);
    } catch (BadPatternException e) {
      throw new CliException(ExitCode.BAD_INPUT, "--run " + run + ": " + e.getMessage());
    }
  }

  private RuleTestReport.File test(String file, Re2Pattern names) {
    try {
      RuleTest test = RuleTestReader.read(InputFile.read(console, file).yaml(), beside(file));
      return new RuleTestReport.File(
          test.file(),
          "",
          test.cases().stream()
              .filter(each -> names.findNonEmpty(each.name()))
              .map(test::judge)
              .toList());
    } catch (RuleFileException | CliException e) {
      return new RuleTestReport.File(file, e.getMessage(), List.of());
    }
  }

  private static NamedFiles beside(String file) {
    Path folder = file.equals("-") ? null : Path.of(file).getParent();
    return new NamedFiles(folder == null ? Path.of("") : folder);
  }
}
