package io.faultline.embedded;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command that runs the registry's JVM on a folder. */
final class RegistryCommand {

  private RegistryCommand() {}

  static ProcessBuilder of(Path folder, int port) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                // ctrl-C reaches every process of a terminal: the registry is the last to go, and
                // by its parent's hand
                "sh",
                "-c",
                "trap '' INT HUP; exec \"$0\" \"$@\"",
                java,
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:-UsePerfData",
                "-Xss512k",
                "-Djava.io.tmpdir=" + temporary,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.log.level=WARN",
                "-Dquarkus.banner.enabled=false",
                "-cp",
                runnerJar() + File.pathSeparator + ownClasses(),
                RegistryChild.class.getName(),
                runnerJar()));
    // without WRITE_DELAY=0 the schemas of the last half second are lost by kill -9
    builder
        .environment()
        .put(
            "REGISTRY_DATASOURCE_URL",
            "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0");
    return builder.redirectErrorStream(true).redirectOutput(logFile(folder).toFile());
  }

  static Path logFile(Path folder) {
    return folder.resolve("registry.log");
  }

  private static String runnerJar() throws IOException {
    Path parts = Parts.registry();
    try (Stream<Path> files = Files.list(parts)) {
      return files
          .filter(f -> f.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no *-runner.jar in " + parts))
          .toString();
    }
  }

  private static String ownClasses() {
    try {
      return Path.of(
              RegistryChild.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
