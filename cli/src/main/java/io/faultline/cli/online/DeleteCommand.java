package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.RestClient.Call;
import io.faultline.cli.rest.ServerOption;
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
  }

  public DeleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> paths = new ArrayList<>();
    if (what.named != null) {
      if (what.named.name == null) {
        throw new CliException(ExitCode.BAD_INPUT, "KIND and NAME go together");
      }
      paths.add(ResourcePaths.of(Kinds.of(what.named.kind), what.named.name));
    } else {
      List<ResourceDocument> documents = new ArrayList<>(what.files.read(console));
      Collections.reverse(documents);
      documents.forEach(document -> paths.add(ResourcePaths.of(document)));
    }
    RestClient client = server.client(console);
    for (String path : paths) {
      JsonNode answer = client.send(Call.of("DELETE", path)).json();
      console
          .out()
          .printf(
              "%s %s deleted (revision %d)%n",
              answer.path("kind").asText(),
              answer.path("name").asText(),
              answer.path("revision").asLong());
    }
    return ExitCode.FINE.number();
  }
}
