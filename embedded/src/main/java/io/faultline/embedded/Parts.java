package io.faultline.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the servers' own files are, unpacked once for each version: the registry by the build, the
 * binaries of PostgreSQL by their first start. The build writes the folder into a resource; the
 * system property {@code faultline.parts} names another.
 */
final class Parts {

  private static final String LIBRARY_FOLDER = "ot.epg.working-dir";
  private static final Properties BUILD = read();

  private Parts() {}

  /** The folder with the registry's jar, as Maven unpacked it. */
  static Path registry() {
    Path folder = folder().resolve("registry-" + BUILD.getProperty("registry.version"));
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "the schema registry's files are not in "
              + folder
              + "; build the module `embedded`, or name the folder that holds them with"
              + " -Dfaultline.parts=FOLDER");
    }
    return folder;
  }

  /** The folder for PostgreSQL's binaries; another where this user may not write in the build's. */
  static Path postgres() {
    Path beside = folder();
    Path parent =
        Files.isDirectory(beside) && Files.isWritable(beside)
            ? beside
            : Path.of(
                System.getProperty("java.io.tmpdir"),
                "faultline-parts-" + System.getProperty("user.name"));
    return Folders.create(parent.resolve("postgres"));
  }

  /**
   * A builder of the library for PostgreSQL, which would else make a folder of its own in the
   * temporary one and leave it there unused.
   */
  static synchronized EmbeddedPostgres.Builder postgresBuilder() {
    String before = System.getProperty(LIBRARY_FOLDER);
    System.setProperty(LIBRARY_FOLDER, postgres().toString());
    try {
      return EmbeddedPostgres.builder();
    } finally {
      if (before == null) {
        System.clearProperty(LIBRARY_FOLDER);
      } else {
        System.setProperty(LIBRARY_FOLDER, before);
      }
    }
  }

  private static Path folder() {
    return Path.of(System.getProperty("faultline.parts", BUILD.getProperty("folder")));
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = Parts.class.getResourceAsStream("parts.properties")) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
