package io.faultline.cli.up;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.FaultlineCommand;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Does what a user would type: applies the examples, then submits one of the example jobs again and
 * again.
 */
final class Demo implements AutoCloseable {

  private static final long SUBMIT_EVERY_MILLIS = 2_000;

  private final Map<String, String> environment;
  private final Progress progress;
  private final Path examples;
  private final DemoMix mix = new DemoMix(1);
  private final Thread thread = new Thread(this::submitForEver, "demo");

  Demo(String server, String token, Progress progress) {
    this.environment = Map.of("FAULTLINE_SERVER", server, "FAULTLINE_TOKEN", token);
    this.progress = progress;
    this.examples =
        Path.of(System.getProperty("faultline.home", "."), "deploy", "examples").toAbsolutePath();
  }

  /** Applies the examples and begins to submit. */
  void start() {
    if (!Files.isDirectory(examples)) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--demo: there are no examples in " + examples + "; run ./faultline");
    }
    String refused =
        command(
            "apply",
            "--wait",
            "-f",
            example("policies"),
            "-f",
            example("categories"),
            "-f",
            example("queues"));
    if (!refused.isEmpty()) {
      throw new CliException(ExitCode.UNREACHABLE, "--demo: " + refused);
    }
    progress.say(
        "The demo submits a job every "
            + SUBMIT_EVERY_MILLIS / 1000
            + " s; see ./faultline get failures, ./faultline watch research demo");
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void submitForEver() {
    while (!thread.isInterrupted()) {
      String refused = command("submit", "-f", example("jobs/" + mix.next()));
      if (!refused.isEmpty() && !thread.isInterrupted()) {
        progress.say("demo: " + refused);
      }
      try {
        Thread.sleep(SUBMIT_EVERY_MILLIS);
      } catch (InterruptedException told) {
        return;
      }
    }
  }

  /** What the command says is wrong; empty where nothing is. */
  private String command(String... args) {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            environment::get);
    return FaultlineCommand.run(console, args) == 0 ? "" : err.toString().strip();
  }

  private String example(String name) {
    return examples.resolve(name + ".yaml").toString();
  }
}
