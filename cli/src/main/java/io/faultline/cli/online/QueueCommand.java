package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.online.WriteCommand.Mode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Resource;
import io.faultline.client.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code faultline create|update queue NAME}: writes a queue without a file, and of one that is
 * there only what is named. What it names must be there.
 */
@Command(mixinStandardHelpOptions = true)
final class QueueCommand implements Callable<Integer> {
  private final Console console;
  private final Mode mode;

  @Parameters(paramLabel = "NAME", description = "the queue's name")
  private String name;

  @ArgGroup private Policies policies;

  @Option(
      names = "--priority-factor",
      paramLabel = "F",
      description = "a number greater than 0; lower is more important")
  private BigDecimal priorityFactor;

  @Option(
      names = "--shadow-policy",
      paramLabel = "POLICY",
      description = "a policy that is asked beside them and changes nothing; empty for none")
  private String shadow;

  @Option(
      names = "--categories",
      paramLabel = "NAME",
      description = "the set of categories of its failures; empty for the default")
  private String categories;

  @Mixin private ServerOption server;
  @Mixin private WriteOutput output;

  /** One policy or a chain of them. */
  static final class Policies {
    @Option(
        names = "--retry-policy",
        paramLabel = "POLICY",
        description = "the retry policy of its jobs; empty for none")
    private String one;

    @Option(
        names = "--retry-policies",
        split = ",",
        paramLabel = "POLICY",
        description = "retry policies, of which the first with a rule that matches decides")
    private List<String> chain;
  }

  QueueCommand(Console console, Mode mode) {
    this.console = console;
    this.mode = mode;
  }

  @Override
  public Integer call() {
    if (priorityFactor != null && priorityFactor.signum() <= 0) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--priority-factor: " + priorityFactor + " is not greater than 0");
    }
    if (mode == Mode.UPDATE && nothingNamed()) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "nothing to change; one is expected of: --retry-policy, --retry-policies,"
              + " --shadow-policy, --priority-factor, --categories");
    }
    RestClient client = server.client(console);
    Resource written = client.ask(c -> write(c.queues().checkingReferences()));
    output.wrote(console, written);
    return output.end(console, client, List.of(written));
  }

  private boolean nothingNamed() {
    return policies == null && shadow == null && priorityFactor == null && categories == null;
  }

  private Resource write(Resources queues) {
    if (mode == Mode.CREATE) {
      return queues.create(changed(QueueDocument.named(name)).text());
    }
    Resource there = queues.get(name);
    return queues.update(
        name, there.revision(), changed(new QueueDocument(name, there.body())).text());
  }

  private QueueDocument changed(QueueDocument document) {
    if (priorityFactor != null) {
      document.priorityFactor(priorityFactor);
    }
    if (policies != null) {
      document.policies(policies.one, policies.chain);
    }
    if (shadow != null) {
      document.shadow(shadow);
    }
    if (categories != null) {
      document.categories(categories);
    }
    return document;
  }
}
