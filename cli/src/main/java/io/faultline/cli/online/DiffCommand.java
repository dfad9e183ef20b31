package io.faultline.cli.online;

import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.LineDiff;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.rules.resource.ResourceDocument;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code faultline diff -f}: what apply would change. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what apply would change. Ends with 1 where something would.")
public final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ResourceFiles files;
  @Mixin private ServerOption server;

  public DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<ResourceDocument> documents = files.read(console);
    RestClient client = server.client(console);
    boolean differs = false;
    for (ResourceDocument document : documents) {
      differs |= differs(client, document);
    }
    return (differs ? ExitCode.NO : ExitCode.FINE).number();
  }

  private boolean differs(RestClient client, ResourceDocument document) {
    Kind kind = Kinds.client(document.kind());
    Optional<Resource> there = client.ask(c -> c.resources(kind).find(document.name()));
    boolean absent = there.isEmpty();
    String before = there.map(Resource::body).orElse("");
    if (!absent && before.strip().equals(document.body().strip())) {
      return false;
    }
    String name = document.kind().word() + "/" + document.name();
    console.out().println("--- " + (absent ? "(nothing)" : name));
    console.out().println("+++ " + document.node().file() + ": " + name);
    LineDiff.of(before, document.body()).forEach(console.out()::println);
    return true;
  }
}
