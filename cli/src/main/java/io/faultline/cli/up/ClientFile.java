package io.faultline.cli.up;

import io.faultline.cli.Console;
import io.faultline.cli.rest.ServerAddress;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The file in which a command of the same user finds the server of the last {@code up}, and those
 * who subscribe its Kafka and its schema registry.
 */
record ClientFile(Path path) {

  /** Where commands look for it, {@link ServerAddress#file}. */
  static ClientFile ofEnvironment(Console console) {
    return new ClientFile(ServerAddress.file(console));
  }

  /** Names the server; only the user can read it. */
  void write(String server, String token, String kafka, String registry) {
    Secrets.write(
        path,
        String.join(
            "\n",
            "server=" + server,
            "token=" + token,
            "kafka=" + kafka,
            "registry=" + registry,
            ""));
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
