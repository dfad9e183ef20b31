package io.faultline.cli.online;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Call;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code faultline dead-letters send}: sends what could not be read again to where it came from.
 */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Sends dead letters again: send ID…, or send --all.")
public final class DeadLettersCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "as dead-letters list shows them")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "all of them")
  private boolean all;

  @Mixin private ServerOption server;

  public DeadLettersCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (all == !ids.isEmpty()) {
      throw new CliException(ExitCode.BAD_INPUT, "ids are expected, or --all");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (all) {
      body.put("all", true);
    } else {
      ArrayNode list = body.putArray("ids");
      ids.forEach(list::add);
    }
    String sent =
        Cells.at(
            server.client(console).send(Call.json("POST", "/dead-letters/send", body)).json(),
            "sent");
    console.out().println("sent again: " + sent);
    return ExitCode.FINE.number();
  }
}
