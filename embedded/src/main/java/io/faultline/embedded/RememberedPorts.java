package io.faultline.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of a part, kept in its folder, so that it has the same address after a restart. */
final class RememberedPorts {

  private static final Logger log = LoggerFactory.getLogger(RememberedPorts.class);

  private final Path file;
  private final Properties ports = new Properties();

  RememberedPorts(Path folder) {
    this.file = folder.resolve("ports.properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        ports.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * The port to use now: the wanted one, else the remembered one where it is free, else a free one.
   *
   * @param wanted the port that was asked for, 0 for any; one that is in use is refused
   */
  int choose(String name, int wanted) {
    int port = wanted;
    if (port == 0) {
      int before = Integer.parseInt(ports.getProperty(name, "0"));
      if (before != 0 && !Ports.isFree(before)) {
        log.atWarn()
            .setMessage("the port of the last start is in use, another is taken")
            .addKeyValue("part", name)
            .addKeyValue("port", before)
            .log();
        before = 0;
      }
      port = before == 0 ? Ports.free() : before;
    } else {
      Ports.requireFree(port, name);
    }
    ports.setProperty(name, Integer.toString(port));
    try (Writer writer = Files.newBufferedWriter(file)) {
      ports.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return port;
  }
}
