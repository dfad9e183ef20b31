package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.client.Answer;
import io.faultline.client.Call;
import io.faultline.client.FaultlineClient;
import io.faultline.client.RefusedException;
import io.faultline.client.Rest;
import io.faultline.client.UnreachableException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** Asks a server by the Java client. What it refuses ends the command with its words. */
public final class RestClient {

  private final FaultlineClient client;

  RestClient(ServerAddress address) {
    this.client = new FaultlineClient(address.server(), address.token());
  }

  /** A part of a path, made safe. */
  public static String part(String text) {
    return Rest.part(text);
  }

  /**
   * Asks by the client.
   *
   * @throws CliException where the server refuses or can't be reached
   */
  public <T> T ask(Function<FaultlineClient, T> question) {
    try {
      return question.apply(client);
    } catch (RefusedException e) {
      throw Refusal.of(e.problem()).exception();
    } catch (UnreachableException e) {
      throw new CliException(ExitCode.UNREACHABLE, e.getMessage());
    }
  }

  /**
   * The answer to a GET.
   *
   * @param path after {@code /api/v1}, or as a page's {@code next} gives it
   * @throws CliException where the server refuses or can't be reached
   */
  public JsonNode get(String path) {
    return ask(c -> c.rest().get(path));
  }

  /** The first items of a list, over as many pages as they take. */
  public List<JsonNode> list(String path, int limit) {
    return ask(c -> c.rest().list(path, limit));
  }

  /**
   * Sends a request.
   *
   * @throws CliException where the server refuses or can't be reached
   */
  public Answer send(Call call) {
    return ask(c -> c.rest().send(call));
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param after the id of the last event seen; empty for all
   * @throws CliException where the server refuses or can't be reached
   */
  public InputStream events(String path, String after) {
    Call call = Call.of("GET", path).with("Accept", "text/event-stream");
    return ask(c -> c.rest().open(after.isEmpty() ? call : call.with("Last-Event-ID", after)));
  }
}
