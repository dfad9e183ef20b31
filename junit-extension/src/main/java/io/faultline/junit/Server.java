package io.faultline.junit;

import io.faultline.cli.Console;
import io.faultline.cli.FaultlineCommand;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A system by its address.
 *
 * @param url where its server answers
 * @param token what it asks for; empty for none, or for that of {@code faultline up} where it is
 *     that server
 */
record Server(String url, String token) {

  /**
   * Asks it.
   *
   * @throws io.faultline.cli.CliException where that is no address
   */
  RestClient client() {
    return new ServerOption().client(console("", new StringWriter()));
  }

  /**
   * Runs a command against it.
   *
   * @param in its standard input
   * @throws IllegalStateException with what it says, where it does not end well
   */
  void run(String in, String... args) {
    StringWriter err = new StringWriter();
    if (FaultlineCommand.run(console(in, err), args) != 0) {
      throw new IllegalStateException(err.toString().strip());
    }
  }

  private Console console(String in, StringWriter err) {
    return new Console(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err),
        Map.of("FAULTLINE_SERVER", url, "FAULTLINE_TOKEN", token)::get);
  }
}
