package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.client.Resources;
import io.faultline.rules.resource.ResourceDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline create|apply|update -f}: writes resources, and can wait until they hold. */
@Command(mixinStandardHelpOptions = true)
public final class WriteCommand implements Callable<Integer> {

  /** What becomes of a resource that is there already, or not. */
  public enum Mode {
    /** Refused where it is there. */
    CREATE,
    /** Refused where it is not. */
    UPDATE,
    /** Either. */
    APPLY
  }

  private final Console console;
  private final Mode mode;

  @Mixin private ResourceFiles files;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Option(names = "--wait", description = "until it is in force in every service")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Durations.class,
      description = "how long to wait at most: 30s, 5m (default: 60s); then the answer is no")
  private Duration timeout;

  public WriteCommand(Console console, Mode mode) {
    this.console = console;
    this.mode = mode;
  }

  @Override
  public Integer call() {
    List<ResourceDocument> documents = files.read(console);
    RestClient client = server.client(console);
    List<JsonNode> written = new ArrayList<>();
    boolean table = output.format() == OutputFormat.TABLE;
    long revision = 0;
    for (ResourceDocument document : documents) {
      JsonNode answer = write(client, document);
      revision = Math.max(revision, answer.path("revision").asLong());
      written.add(answer);
      if (table) {
        console.out().println(line(answer));
        console.out().flush();
      }
    }
    if (!table) {
      new Output(console.out(), output.format()).list(written, columns());
    }
    if (!wait) {
      return ExitCode.FINE.number();
    }
    return new InForce(console, client, revision).await(timeout).number();
  }

  private JsonNode write(RestClient client, ResourceDocument document) {
    Kind kind = Kinds.client(document.kind());
    return client.ask(c -> write(c.resources(kind), document)).json();
  }

  private Resource write(Resources resources, ResourceDocument document) {
    return switch (mode) {
      case CREATE ->
          document.plain()
              ? resources.create(document.name(), document.body())
              : resources.create(document.body());
      case UPDATE -> resources.update(document.name(), document.body());
      case APPLY -> resources.apply(document.name(), document.body());
    };
  }

  private static String line(JsonNode answer) {
    return "%s %s %s (revision %s)"
        .formatted(
            Cells.at(answer, "kind"),
            Cells.at(answer, "name"),
            Cells.at(answer, "change"),
            Cells.at(answer, "revision"));
  }

  private static Columns columns() {
    return Columns.none()
        .add("KIND", "kind")
        .add("NAME", "name")
        .add("CHANGE", "change")
        .add("REVISION", "revision")
        .add("CHANGED AT", "changedAt")
        .add("BY", "changedBy");
  }
}
