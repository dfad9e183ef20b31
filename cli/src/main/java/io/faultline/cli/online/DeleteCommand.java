package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.rules.resource.ResourceDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code faultline delete}: deletes resources, by kind and name or by the files they stand in. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes resources: delete queue NAME, or delete -f FILE.")
public final class DeleteCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Mixin private ServerOption server;

  /** Either way to name them. */
  static final class What {
    @ArgGroup(exclusive = false)
    private ResourceFiles files;

    @ArgGroup(exclusive = false)
    private Named named;
  }

  /** One by its name. */
  static final class Named {
    @Parameters(index = "0", paramLabel = "KIND", description = Kinds.WORDS)
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "its name")
    private String name;

    static Named of(ResourceDocument document) {
      Named named = new Named();
      named.kind = Kinds.word(document.kind());
      named.name = document.name();
      return named;
    }
  }

  public DeleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Named> all = new ArrayList<>();
    if (what.named != null) {
      if (what.named.name == null) {
        throw new CliException(ExitCode.BAD_INPUT, "KIND and NAME go together");
      }
      all.add(what.named);
    } else {
      what.files.read(console).forEach(document -> all.add(Named.of(document)));
      Collections.reverse(all);
    }
    RestClient client = server.client(console);
    for (Named one : all) {
      Kind kind = Kinds.client(Kinds.of(one.kind));
      Resource deleted = client.ask(c -> c.resources(kind).delete(one.name));
      console
          .out()
          .printf(
              "%s %s deleted (revision %d)%n", deleted.kind(), deleted.name(), deleted.revision());
    }
    return ExitCode.FINE.number();
  }
}
