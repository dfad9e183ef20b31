package io.faultline.cli.online;

import io.faultline.cli.Console;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline rollback KIND NAME --to N}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Writes the document of an earlier revision once more, as a new revision.")
final class RollbackCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = Kinds.WORDS)
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "its name")
  private String name;

  @Option(names = "--to", required = true, paramLabel = "N", description = "the revision")
  private long to;

  @Mixin private ServerOption server;
  @Mixin private WriteOutput output;

  RollbackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Kind of = Kinds.client(Kinds.of(kind));
    RestClient client = server.client(console);
    Resource written = client.ask(c -> c.resources(of).rollback(name, to));
    output.wrote(console, written);
    return output.end(console, client, List.of(written));
  }
}
