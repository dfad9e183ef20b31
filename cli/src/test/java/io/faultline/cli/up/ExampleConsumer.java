package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example of deploy/examples/consumers, run by the command that docs/events.md shows. */
final class ExampleConsumer implements AutoCloseable {

  private static final Path CHECKOUT = Path.of("..");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("FAULTLINE_PYTHON")).orElse("python3");

  /** What it is written in; the docs' block is labelled with the name in lower case. */
  enum Language {
    JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
    PYTHON(ExampleConsumer.PYTHON);

    private final String program;

    Language(String program) {
      this.program = program;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Why it can't run here; empty where it can. */
    Optional<String> missing() throws IOException, InterruptedException {
      if (this == JAVA) {
        return Optional.empty();
      }
      String why =
          "no confluent-kafka[avro,schemaregistry] in " + program + " (FAULTLINE_PYTHON names one)";
      try {
        Process check =
            new ProcessBuilder(program, "-c", "import confluent_kafka.schema_registry.avro")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return check.waitFor() == 0 ? Optional.empty() : Optional.of(why);
      } catch (IOException noPython) {
        return Optional.of(why);
      }
    }
  }

  private final Path out;
  private final Path err;
  private final Process process;

  /** Starts it on a Kafka and a registry, as a member of a group. */
  ExampleConsumer(Language language, String kafka, String registry, String group, Path folder)
      throws IOException {
    out = Files.createTempFile(folder, group, ".out");
    err = Files.createTempFile(folder, group, ".err");
    String command =
        documented(language)
            .replaceFirst("^" + language.word(), Matcher.quoteReplacement(language.program))
            .replace("127.0.0.1:9092", kafka)
            .replace("http://127.0.0.1:8081/apis/ccompat/v7", registry)
            .replace("my-failures", group);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + command)
            .directory(CHECKOUT.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // it lives for seconds, beside everything else: as little of the machine as can be
    builder
        .environment()
        .put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m");
    process = builder.start();
  }

  private static String documented(Language language) throws IOException {
    String docs = Files.readString(CHECKOUT.resolve("docs").resolve("events.md"));
    Matcher block =
        Pattern.compile("(?ms)^```sh " + language.word() + "\n(.*?)^```$").matcher(docs);
    assertThat(block.find()).as("a block `sh %s` in docs/events.md", language.word()).isTrue();
    return block.group(1);
  }

  /** The failures it has printed, a line each. */
  List<String> failures() throws IOException {
    String whole = Files.readString(out);
    return whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList();
  }

  /** What it said on standard error. */
  String said() throws IOException {
    return Files.readString(err);
  }

  /** Waits until it has printed a line with this text. */
  void awaitFailure(String text) {
    await("a line with " + text + " in " + out)
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("the consumer has ended:\n" + said());
              }
              return failures().stream().anyMatch(line -> line.contains(text));
            });
  }

  /** SIGTERM; returns when it has ended, with its exit code. */
  int stop() {
    process.destroy();
    await("the consumer has ended").atMost(PATIENCE).until(() -> !process.isAlive());
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
