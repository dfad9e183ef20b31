package io.faultline.cli.up;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.embedded.Ports;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline up}: everything on this machine, until it is told to end. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts Kafka, PostgreSQL, a schema registry and all services on loopback.")
public final class UpCommand implements Callable<Integer> {

  private static final int SERVER_PORT = 8080;

  private final Console console;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where everything is kept and found again (default: ~/.local/share/faultline)")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where the server listens (default: 8080, or a free one where it is taken)")
  private Integer port;

  @Option(
      names = "--demo",
      description = "adds the queues, categories and policies of deploy/examples, and submits jobs")
  private boolean demo;

  @Mixin private WhereJobsRun where = new WhereJobsRun();

  /** Prints its progress to the console. */
  public UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    int serverPort = serverPort();
    Map<String, String> jobs = where.settings();
    Path folder = data != null ? data : defaultFolder();
    logTo(folder.resolve("logs").resolve("faultline.log"));
    Progress progress = new Progress(console.out());
    progress.say("Faultline is starting on " + folder);

    Installation installation;
    try {
      installation = new Installation(folder, progress);
    } catch (IllegalStateException e) {
      throw new CliException(ExitCode.UNREACHABLE, e.getMessage());
    }
    ClientFile client = ClientFile.ofEnvironment(console);
    CountDownLatch closed = new CountDownLatch(1);
    Demo[] running = new Demo[1];
    Thread closing =
        new Thread(
            () -> {
              progress.say("Faultline is ending");
              if (running[0] != null) {
                running[0].close();
              }
              client.removeIfFor(installation.serverUrl());
              installation.close();
              progress.say("Faultline has ended; its data is in " + folder);
              closed.countDown();
            },
            "close");
    Runtime.getRuntime().addShutdownHook(closing);
    try {
      installation.start(serverPort, jobs);
    } catch (RuntimeException e) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          String.format(
              Locale.ROOT,
              "up: %s; the log is %s",
              e.getMessage(),
              folder.resolve("logs").resolve("faultline.log")));
    }
    client.write(
        installation.serverUrl(),
        installation.token(),
        installation.kafka(),
        installation.registry());
    progress.say(
        String.format(
            Locale.ROOT,
            """
            Faultline is up after %s
              server    %s   (REST under /api/v1, described at /openapi.json)
              token     %s
              kafka     %s
              registry  %s
              data      %s
              log       %s
            In another terminal: ./faultline get jobs    Ctrl-C ends everything.""",
            progress.sinceBeginning(),
            installation.serverUrl(),
            installation.token(),
            installation.kafka(),
            installation.registry(),
            installation.data(),
            folder.resolve("logs").resolve("faultline.log")));
    if (demo) {
      running[0] = new Demo(installation.serverUrl(), installation.token(), progress);
      running[0].start();
    }
    closed.await();
    return ExitCode.FINE.number();
  }

  private int serverPort() {
    if (port == null) {
      return Ports.isFree(SERVER_PORT) ? SERVER_PORT : Ports.free();
    }
    if (port < 1 || port > 65_535) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--port " + port + ": allowed is a whole number from 1 to 65535");
    }
    if (!Ports.isFree(port)) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--port " + port + ": in use by another process; give a free one");
    }
    return port;
  }

  private Path defaultFolder() {
    return console
        .variable("XDG_DATA_HOME")
        .filter(home -> !home.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".local", "share"))
        .resolve("faultline");
  }

  /** Before the first logger is made. */
  private static void logTo(Path file) {
    System.setProperty("faultline.log", file.toAbsolutePath().toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
    LoggerFactory.getILoggerFactory(); // by one thread, before the parts start side by side
  }
}
