package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Resource;
import io.faultline.client.Resources;
import io.faultline.domain.resource.QueueDefinition;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code faultline promote queue NAME}: the policy in its shadow becomes the queue's. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = "Makes the policy in a queue's shadow its policy: promote queue NAME.")
final class PromoteCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "queue")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "its name")
  private String name;

  @Mixin private ServerOption server;
  @Mixin private WriteOutput output;

  PromoteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Kinds.only(kind, "queue");
    RestClient client = server.client(console);
    Resource written = client.ask(c -> promote(c.queues().checkingReferences()));
    output.wrote(console, written);
    return output.end(console, client, List.of(written));
  }

  private Resource promote(Resources queues) {
    Resource there = queues.get(name);
    QueueDefinition queue = QueueReader.read(YamlFile.read("queue " + name, there.body()).single());
    if (queue.shadowPolicy().isEmpty()) {
      throw new CliException(ExitCode.NO, "queue \"" + name + "\" has no policy in its shadow");
    }
    QueueDocument document = new QueueDocument(name, there.body());
    document.policies(queue.shadowPolicy(), null);
    document.shadow("");
    return queues.update(name, there.revision(), document.text());
  }
}
