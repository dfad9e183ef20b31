package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.domain.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code faultline get resources}: all kinds together. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    description = "Shows queues, categories, retry policies and cordons.")
final class ResourcesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  ResourcesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RestClient client = server.client(console);
    List<JsonNode> all = new ArrayList<>();
    for (ResourceKind kind : ResourceKind.values()) {
      client
          .ask(c -> c.resources(Kinds.client(kind)).list())
          .forEach(resource -> all.add(resource.json()));
    }
    new Output(console.out(), output.format()).list(all, Listing.RESOURCES);
    return ExitCode.FINE.number();
  }
}
