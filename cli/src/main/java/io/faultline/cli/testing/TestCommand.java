package io.faultline.cli.testing;

import io.faultline.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code faultline test}: what can be tested. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Compares what happened, or what rules say, with what a file expects.",
    synopsisSubcommandLabel = "WHAT")
public final class TestCommand implements Runnable {

  @Spec private CommandSpec spec;

  private TestCommand() {}

  /** The command with all that it can test. */
  public static CommandLine of(Console console) {
    return new CommandLine(new TestCommand())
        .addSubcommand(new TestEventsCommand(console))
        .addSubcommand(new TestRulesCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to test is missing: events, rules");
  }
}
