package io.faultline.cli.up;

import io.faultline.cli.Console;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The file in which a command of the same user finds the server of the last {@code up}. */
record ClientFile(Path path) {

  /**
   * {@code $FAULTLINE_CONFIG}, else {@code faultline/client.properties} where settings are kept.
   */
  static ClientFile ofEnvironment(Console console) {
    return new ClientFile(
        console
            .variable("FAULTLINE_CONFIG")
            .map(Path::of)
            .orElseGet(
                () ->
                    console
                        .variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("user.home"), ".config"))
                        .resolve("faultline")
                        .resolve("client.properties")));
  }

  /** Names the server; only the user can read it. */
  void write(String server, String token) {
    Secrets.write(path, "server=" + server + "\ntoken=" + token + "\n");
  }

  /** Removes the file, unless another {@code up} has written it since. */
  void removeIfFor(String server) {
    try {
      if (!Files.exists(path)) {
        return;
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(path)));
      if (server.equals(properties.getProperty("server"))) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
