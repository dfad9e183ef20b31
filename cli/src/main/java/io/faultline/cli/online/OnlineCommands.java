package io.faultline.cli.online;

import io.faultline.cli.Console;
import io.faultline.cli.online.WriteCommand.Mode;
import io.faultline.domain.resource.ResourceKind;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands that ask a server. */
public final class OnlineCommands {

  private OnlineCommands() {}

  /** Adds them to the command. */
  public static void addTo(CommandLine command, Console console) {
    command.addSubcommand(new SubmitCommand(console));
    command.addSubcommand(get(console));
    command.addSubcommand(new DescribeCommand(console));
    command.addSubcommand(new WatchCommand(console));
    command.addSubcommand(
        new CommandLine(new CancelCommand(console)).addSubcommand(new CancelSetCommand(console)));
    command.addSubcommand(new RetryCommand(console));
    command.addSubcommand(
        writeOne(
            console,
            Mode.CREATE,
            "create",
            "Creates resources; refused where they are there already."));
    command.addSubcommand(write(console, Mode.APPLY, "apply", "Creates or replaces resources."));
    command.addSubcommand(
        writeOne(
            console,
            Mode.UPDATE,
            "update",
            "Replaces resources; refused where they are not there."));
    command.addSubcommand(new DeleteCommand(console));
    command.addSubcommand(new DiffCommand(console));
    command.addSubcommand(new RollbackCommand(console));
    command.addSubcommand(new PromoteCommand(console));
    for (CordonCommand.Verb verb : CordonCommand.Verb.values()) {
      command.addSubcommand(CordonCommand.of(console, verb));
    }
    CommandSpec deadLetters =
        group("dead-letters", "What could not be read: list it, send it again.");
    deadLetters.addSubcommand("list", ListCommand.spec(console, Listing.DEAD_LETTERS));
    deadLetters.addSubcommand(
        "send", CommandSpec.forAnnotatedObject(new DeadLettersCommand(console)));
    command.addSubcommand(new CommandLine(deadLetters));
  }

  private static CommandLine get(Console console) {
    CommandSpec get = group("get", "Shows jobs, sets, runs, failures, decisions and resources.");
    for (Listing listing : Listing.ALL) {
      get.addSubcommand(listing.name(), ListCommand.spec(console, listing));
    }
    get.addSubcommand("runs", CommandSpec.forAnnotatedObject(new RunsCommand(console)));
    get.addSubcommand("revisions", CommandSpec.forAnnotatedObject(new RevisionsCommand(console)));
    get.addSubcommand("resources", CommandSpec.forAnnotatedObject(new ResourcesCommand(console)));
    return new CommandLine(get);
  }

  private static CommandLine write(Console console, Mode mode, String name, String description) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new WriteCommand(console, mode)).name(name);
    spec.usageMessage().description(description);
    return new CommandLine(spec);
  }

  /** As {@link #write}, with a noun for each kind besides, as {@code armadactl} has them. */
  private static CommandLine writeOne(Console console, Mode mode, String name, String description) {
    CommandLine write = write(console, mode, name, description);
    CommandSpec queue = CommandSpec.forAnnotatedObject(new QueueCommand(console, mode));
    queue
        .usageMessage()
        .description(
            mode == Mode.CREATE
                ? "Creates a queue without a file."
                : "Changes of a queue what is named, and keeps the rest.");
    write.addSubcommand("queue", new CommandLine(queue));
    for (ResourceKind kind : List.of(ResourceKind.RETRY_POLICY, ResourceKind.CATEGORIES)) {
      CommandSpec one =
          CommandSpec.forAnnotatedObject(new WriteCommand(console, mode, EnumSet.of(kind)));
      one.usageMessage().description("The same for files of the kind " + kind.word() + " alone.");
      write.addSubcommand(Kinds.word(kind), new CommandLine(one));
    }
    return write;
  }

  private static CommandSpec group(String name, String description) {
    CommandSpec[] spec = new CommandSpec[1];
    Runnable missing =
        () -> {
          throw new CommandLine.ParameterException(
              spec[0].commandLine(),
              "one is expected of: " + String.join(", ", spec[0].subcommands().keySet()));
        };
    spec[0] = CommandSpec.wrapWithoutInspection(missing).name(name);
    spec[0].mixinStandardHelpOptions(true);
    spec[0].usageMessage().description(description);
    return spec[0];
  }
}
