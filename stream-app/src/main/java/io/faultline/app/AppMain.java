package io.faultline.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the {@code Main} of every service does: read settings, start, and close on SIGTERM. */
public final class AppMain {

  private static final Logger log = LoggerFactory.getLogger(AppMain.class);
  private static final String USAGE =
      "usage: [--settings FILE] [--set KEY=VALUE]... | --help   (FAULTLINE_SETTINGS names a file too)";

  private AppMain() {}

  /**
   * Runs a service until the process is told to end. Exits with 2 on bad settings or usage, with 3
   * where the service can't start, with 1 where it fails for good later.
   *
   * @param args the command's arguments
   * @param app makes the service from its settings; it calls {@link SettingsReader#refuseUnknown}
   */
  public static void run(String[] args, Function<SettingsReader, App> app) {
    int status = start(args, app);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int start(String[] args, Function<SettingsReader, App> factory) {
    SettingsReader reader;
    App app;
    try {
      if (List.of(args).contains("--help")) {
        return help(factory);
      }
      reader = SettingsReader.of(settings(args));
      app = factory.apply(reader);
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    CountDownLatch closed = closeAtEnd(app);
    log.atInfo()
        .setMessage("service starts")
        .addKeyValue("service", app.name())
        .addKeyValue("version", Version.current())
        .addKeyValue("settings", reader.shown())
        .log();
    try {
      app.start();
    } catch (RuntimeException e) {
      log.atError().setMessage("service can't start").addKeyValue("service", app.name()).log();
      System.err.println(app.name() + ": can't start: " + e.getMessage());
      return 3;
    }
    log.atInfo().setMessage("service started").addKeyValue("service", app.name()).log();
    return awaitEnd(app, closed);
  }

  private static CountDownLatch closeAtEnd(App app) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  app.close();
                  closed.countDown();
                },
                "close"));
    return closed;
  }

  private static int awaitEnd(App app, CountDownLatch closed) {
    try {
      while (!closed.await(1, TimeUnit.SECONDS)) {
        if (app.failure().isPresent()) {
          System.err.println(app.name() + ": failed: " + app.failure().get().getMessage());
          return 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Prints what the service asks for; it is made for that, and not started. */
  private static int help(Function<SettingsReader, App> factory) {
    SettingsReader reader = SettingsReader.of(Map.of());
    try {
      factory.apply(reader).close();
    } catch (SettingsException required) {
      log.debug("a setting has no default", required);
    }
    System.out.println(USAGE);
    System.out.println("settings, with their defaults:");
    reader
        .asked()
        .forEach(s -> System.out.printf("  %s=%s  (%s)%n", s.key(), s.fallback(), s.allowed()));
    reader.prefixes().stream().sorted().forEach(p -> System.out.printf("  %s*%n", p));
    return 0;
  }

  /**
   * The settings that arguments name. Later sources win: the file named by the environment, then
   * arguments in their order.
   *
   * @throws SettingsException where a file can't be read, or an argument is not known
   */
  public static Map<String, String> settings(String[] args) {
    Map<String, String> settings = new TreeMap<>();
    String named = System.getenv("FAULTLINE_SETTINGS");
    if (named != null) {
      settings.putAll(SettingsFiles.read(Path.of(named)));
    }
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new SettingsException(args[i] + ": a value is missing; " + USAGE);
      }
      String value = args[i + 1];
      int equals = value.indexOf('=');
      switch (args[i]) {
        case "--settings" -> settings.putAll(SettingsFiles.read(Path.of(value)));
        case "--set" -> {
          if (equals < 1) {
            throw new SettingsException("--set " + value + ": not KEY=VALUE");
          }
          settings.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default -> throw new SettingsException(args[i] + ": unknown; " + USAGE);
      }
    }
    return settings;
  }
}
