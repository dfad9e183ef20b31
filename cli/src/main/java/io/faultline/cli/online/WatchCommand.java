package io.faultline.cli.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.EventStream;
import io.faultline.cli.rest.EventStream.Event;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.io.IOException;
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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 60;
  private static final long PAUSE_MILLIS = 500;

  private final Console console;

  @Mixin private WatchFilter filter;

  @Option(
      names = "--no-follow",
      description = "ends after the events that are there, and does not wait for more")
  private boolean noFollow;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  private String position = "";

  public WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String path = filter.path(!noFollow);
    RestClient client = server.client(console);
    boolean connected = false;
    for (int lost = 0; ; lost++) {
      try (EventStream stream = new EventStream(client.events(path, position))) {
        connected = true;
        String before = position;
        try {
          if (show(stream)) {
            return ExitCode.FINE.number();
          }
        } finally {
          position = stream.lastId().isEmpty() ? position : stream.lastId();
          lost = position.equals(before) ? lost : 0;
        }
      } catch (IOException e) {
        // taken up again below
      } catch (CliException e) {
        if (!connected || e.exitCode() != ExitCode.UNREACHABLE || lost >= TRIES) {
          throw e;
        }
      }
      pause();
    }
  }

  /** Shows events until the stream ends; true where nothing more is to come. */
  private boolean show(EventStream stream) throws IOException {
    Optional<Event> next = stream.next();
    while (next.isPresent()) {
      JsonNode event = parse(next.get().data());
      if (next.get().type().equals("reset")) {
        console.err().println("faultline: the stream was reset: " + event.path("detail").asText());
      } else {
        show(event);
      }
      if (filter.oneJob() && ends(event)) {
        return true;
      }
      next = stream.next();
    }
    return noFollow;
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

  private static JsonNode parse(String data) throws IOException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IOException("the stream is broken", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    }
  }
}
