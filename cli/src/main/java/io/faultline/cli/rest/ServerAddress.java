package io.faultline.cli.rest;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the server is.
 *
 * @param server its address without a trailing slash
 * @param token what it asks for; empty where none is known
 */
public record ServerAddress(String server, String token) {
  private static final String FROM =
      "; give --server, set FAULTLINE_SERVER, or start one with 'faultline up'";

  /**
   * From the options, else the environment, else the file that {@code up} writes. The token of that
   * file is only ever sent to the server of that file.
   *
   * @param serverOption null where not given
   * @param tokenOption null where not given
   */
  static ServerAddress find(Console console, String serverOption, String tokenOption) {
    Path file = file(console);
    Properties known = read(file);
    Optional<String> named =
        Optional.ofNullable(serverOption).or(() -> console.variable("FAULTLINE_SERVER"));
    Optional<String> ofFile = Optional.ofNullable(known.getProperty("server"));
    String server =
        named
            .or(() -> ofFile)
            .map(ServerAddress::plain)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.UNREACHABLE, "no server is known: there is no " + file + FROM));
    String token =
        Optional.ofNullable(tokenOption)
            .or(() -> console.variable("FAULTLINE_TOKEN"))
            .or(
                () ->
                    ofFile
                        .filter(s -> plain(s).equals(server))
                        .map(s -> known.getProperty("token", "")))
            .orElse("");
    return new ServerAddress(checked(server), token.strip());
  }

  /**
   * The file that {@code up} writes: {@code $FAULTLINE_CONFIG}, else {@code
   * faultline/client.properties} where the user's settings are kept.
   */
  public static Path file(Console console) {
    return console
        .variable("FAULTLINE_CONFIG")
        .map(Path::of)
        .orElseGet(
            () ->
                console
                    .variable("XDG_CONFIG_HOME")
                    .map(Path::of)
                    .orElseGet(
                        () ->
                            Path.of(
                                console.variable("HOME").orElse(System.getProperty("user.home")),
                                ".config"))
                    .resolve("faultline")
                    .resolve("client.properties"));
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    if (!Files.exists(file)) {
      return properties;
    }
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new CliException(ExitCode.BAD_INPUT, file + ": can't be read: " + e.getMessage());
    }
  }

  private static String plain(String server) {
    return server.strip().replaceAll("/+$", "");
  }

  private static String checked(String server) {
    try {
      URI uri = URI.create(server);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return server;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new CliException(
        ExitCode.BAD_INPUT,
        "the server's address is http://HOST:PORT or https://HOST:PORT, not \"" + server + "\"");
  }
}
