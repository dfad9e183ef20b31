package io.faultline.cli;

import io.faultline.cli.offline.ClassifyCommand;
import io.faultline.cli.offline.DecideCommand;
import io.faultline.cli.offline.LintCommand;
import io.faultline.cli.online.OnlineCommands;
import io.faultline.cli.testing.TestCommand;
import io.faultline.cli.up.UpCommand;
import io.faultline.rules.yaml.RuleFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The {@code faultline} command: its subcommands, its exit codes and its one-line errors. */
@Command(
    name = "faultline",
    mixinStandardHelpOptions = true,
    versionProvider = FaultlineCommand.Version.class,
    description =
        "Turns the failures of batch jobs into events that can be understood and acted on.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:it ran and the answer is no",
      "2:bad input or usage",
      "3:something outside was not reachable",
      "4:not found"
    })
public final class FaultlineCommand implements Runnable {
  private final CommandSpec spec;

  private FaultlineCommand() {
    spec = CommandSpec.forAnnotatedObject(this);
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /**
   * Runs the command in this process.
   *
   * @return its exit code
   */
  public static int run(Console console, String... args) {
    int code = commandLine(console).execute(args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  static CommandLine commandLine(Console console) {
    CommandLine command = new CommandLine(new FaultlineCommand().spec);
    command.addSubcommand(new ClassifyCommand(console));
    command.addSubcommand(new DecideCommand(console));
    command.addSubcommand(new LintCommand(console));
    command.addSubcommand(TestCommand.of(console));
    OnlineCommands.addTo(command, console);
    command.addSubcommand(new UpCommand(console));
    command.setOut(console.out());
    command.setErr(console.err());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setParameterExceptionHandler((e, args) -> usage(console, e));
    command.setExecutionExceptionHandler((e, failed, result) -> failure(console, e));
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usage(Console console, ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return error(console, ExitCode.BAD_INPUT, e.getMessage() + "; see '" + name + " --help'");
  }

  private static int failure(Console console, Exception e) {
    if (e instanceof CliException known) {
      return error(console, known.exitCode(), known.getMessage());
    }
    if (e instanceof RuleFileException refused) {
      return error(console, ExitCode.BAD_INPUT, refused.getMessage());
    }
    if (console.variable("FAULTLINE_DEBUG").isPresent()) {
      e.printStackTrace(console.err());
    }
    return error(
        console,
        ExitCode.NO,
        "a fault of the command itself: " + e + "; set FAULTLINE_DEBUG=1 to see where");
  }

  private static int error(Console console, ExitCode code, String message) {
    console.err().println("faultline: " + message.strip().replaceAll("\\s*\n\\s*", " "));
    return code.number();
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = FaultlineCommand.class.getPackage().getImplementationVersion();
      return new String[] {"faultline " + (version == null ? "development" : version)};
    }
  }
}
