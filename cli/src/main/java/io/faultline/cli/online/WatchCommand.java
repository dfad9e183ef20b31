package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.EventFeed;
import io.faultline.cli.rest.EventStream.Event;
import io.faultline.cli.rest.ServerOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code faultline watch}: events as they happen, of one job set from its first one on, or of the
 * whole stream from now on. A stream that breaks is taken up where it broke.
 */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description =
        "Shows events as they happen: of one job set from its first one on, or else of all jobs"
            + " from now on. An option that is repeated lets through what any of its values does.")
public final class WatchCommand implements Callable<Integer> {
  private static final Set<String> ENDS = Set.of("succeeded", "cancelled", "preempted");

  private final Console console;

  @Mixin private WatchFilter filter;

  @Option(
      names = "--no-follow",
      description = "ends after the events that are there, and does not wait for more")
  private boolean noFollow;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  public WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (EventFeed feed =
        new EventFeed(server.client(console), filter.path(!noFollow), !noFollow)) {
      Optional<Event> next = feed.next();
      while (next.isPresent() && !(show(next.get()) && filter.oneJob())) {
        next = feed.next();
      }
    }
    return ExitCode.FINE.number();
  }

  /** Whether it is the end of a job. */
  private boolean show(Event next) {
    JsonNode event = next.json();
    if (next.type().equals("reset")) {
      console.err().println("faultline: the stream was reset: " + event.path("detail").asText());
      return false;
    }
    show(event);
    return ends(event);
  }

  private static boolean ends(JsonNode event) {
    String type = event.path("type").asText();
    return ENDS.contains(type) || (type.equals("failed") && !event.path("retryable").asBoolean());
  }

  private void show(JsonNode event) {
    OutputFormat format = output.format();
    if (format == OutputFormat.YAML) {
      console.out().println("---");
    }
    new Output(console.out(), format == OutputFormat.JSON ? OutputFormat.JSONL : format)
        .one(event, out -> out.println(EventLine.of(event)));
  }
}
