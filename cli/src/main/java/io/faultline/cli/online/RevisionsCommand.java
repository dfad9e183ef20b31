package io.faultline.cli.online;

import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code faultline get revisions KIND NAME}. */
@Command(
    name = "revisions",
    mixinStandardHelpOptions = true,
    description = "Shows the revisions of a resource, newest first.")
final class RevisionsCommand implements Callable<Integer> {
  private static final Columns COLUMNS =
      Columns.none()
          .add("REVISION", "revision")
          .add("CHANGED AT", "changedAt")
          .add("BY", "changedBy")
          .add("DELETED", "deleted");

  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = Kinds.WORDS)
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "its name")
  private String name;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  RevisionsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Kind of = Kinds.client(Kinds.of(kind));
    List<Resource> revisions = server.client(console).ask(c -> c.resources(of).revisions(name));
    new Output(console.out(), output.format())
        .list(revisions.stream().map(Resource::json).toList(), COLUMNS);
    return ExitCode.FINE.number();
  }
}
