package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.domain.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline cordon|drain|uncordon queue|executor NAME}. */
abstract class CordonCommand implements Callable<Integer> {

  /** What becomes of it. */
  enum Verb {
    /** Nothing new runs. */
    CORDON("Holds a queue or an executor back: nothing new runs, what runs goes on."),
    /** Nothing new runs, and what runs ends. */
    DRAIN("Holds a queue or an executor back, and ends what runs there as preempted."),
    /** It runs again. */
    UNCORDON("Takes back all that holds a queue or an executor back.");

    private final String description;

    Verb(String description) {
      this.description = description;
    }
  }

  @Parameters(index = "0", paramLabel = "queue|executor", description = "what it is")
  private String target;

  @Parameters(index = "1", paramLabel = "NAME", description = "the queue, or the executor's id")
  private String name;

  @Mixin private ServerOption server;

  private final Console console;

  private CordonCommand(Console console) {
    this.console = console;
  }

  static CommandLine of(Console console, Verb verb) {
    CordonCommand command =
        verb == Verb.UNCORDON ? new Release(console) : new Hold(console, verb == Verb.DRAIN);
    CommandSpec spec =
        CommandSpec.forAnnotatedObject(command).name(verb.name().toLowerCase(Locale.ROOT));
    spec.usageMessage().description(verb.description);
    return new CommandLine(spec);
  }

  final Target target() {
    return switch (target) {
      case "queue" -> Target.QUEUE;
      case "executor" -> Target.EXECUTOR;
      default ->
          throw new CliException(
              ExitCode.BAD_INPUT, "unknown \"" + target + "\"; allowed: queue, executor");
    };
  }

  final void say(Resource cordon, String what) {
    console
        .out()
        .printf(
            "%s %s %s (Cordon %s, revision %d)%n",
            target, name, what, cordon.name(), cordon.revision());
  }

  abstract void run(RestClient client, Target of, String named);

  @Override
  public final Integer call() {
    run(server.client(console), target(), name);
    return ExitCode.FINE.number();
  }

  /** Writes the cordon that is named after what it holds. */
  @Command(mixinStandardHelpOptions = true)
  private static final class Hold extends CordonCommand {

    private final boolean drain;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "shown wherever it has an effect")
    private String reason;

    Hold(Console console, boolean drain) {
      super(console);
      this.drain = drain;
    }

    @Override
    void run(RestClient client, Target of, String named) {
      String cordon = CordonName.of(of, named);
      ObjectNode document =
          JsonNodeFactory.instance
              .objectNode()
              .put("apiVersion", "faultline.io/v1")
              .put("kind", ResourceKind.CORDON.word())
              .put("name", cordon)
              .put(of.word(), named)
              .put("drain", drain);
      if (reason != null) {
        document.put("reason", reason);
      }
      String text = document.toString();
      Resource written = client.ask(c -> c.resources(Kind.CORDON).apply(cordon, text));
      say(written, drain ? "is drained" : "is cordoned");
    }
  }

  /** Deletes every cordon that holds it, whatever its name. */
  @Command(mixinStandardHelpOptions = true)
  private static final class Release extends CordonCommand {

    Release(Console console) {
      super(console);
    }

    @Override
    void run(RestClient client, Target of, String named) {
      List<String> held = new ArrayList<>();
      for (JsonNode cordon : client.list(Kind.CORDON.path(), Integer.MAX_VALUE)) {
        if (cordon.path("document").path(of.word()).asText().equals(named)) {
          held.add(cordon.path("name").asText());
        }
      }
      if (held.isEmpty()) {
        throw new CliException(
            ExitCode.NOT_FOUND, "nothing holds " + of.word() + " \"" + named + "\" back");
      }
      for (String cordon : held) {
        say(client.ask(c -> c.resources(Kind.CORDON).delete(cordon)), "is free again");
      }
    }
  }
}
