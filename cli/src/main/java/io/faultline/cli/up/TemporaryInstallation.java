package io.faultline.cli.up;

import io.faultline.embedded.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * All that {@code up} starts, in this JVM, for tests: on a temporary folder, on free ports of
 * loopback. Jobs run as processes of this user. Whoever forgets to close it leaves nothing behind:
 * it is closed when the JVM is told to end, too.
 */
public final class TemporaryInstallation implements AutoCloseable {

  private final StringWriter said = new StringWriter();
  private final Progress progress = new Progress(new PrintWriter(said));
  private final Installation installation = Installation.temporary(progress);
  private final Thread hook = new Thread(this::end, "close the embedded system");

  private TemporaryInstallation() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts it and returns when everything is ready.
   *
   * @throws IllegalStateException where a part does not start; nothing is left of the others
   */
  public static TemporaryInstallation start() {
    LoggerFactory.getILoggerFactory(); // by one thread, before the parts start side by side
    TemporaryInstallation temporary = new TemporaryInstallation();
    try {
      temporary.installation.start(Ports.free(), Map.of("executor.local.enabled", "true"));
      return temporary;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw temporary.failed(e);
    } catch (RuntimeException e) {
      throw temporary.failed(e);
    }
  }

  private IllegalStateException failed(Exception cause) {
    IllegalStateException failed =
        new IllegalStateException(
            "the embedded system did not start: " + cause.getMessage() + "\n" + said, cause);
    try {
      close();
    } catch (RuntimeException e) {
      failed.addSuppressed(e);
    }
    return failed;
  }

  /** Where its server answers. */
  public String serverUrl() {
    return installation.serverUrl();
  }

  /** The token for everything. */
  public String token() {
    return installation.token();
  }

  /**
   * Ends everything and removes the folder.
   *
   * @throws IllegalStateException where something did not end cleanly
   */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      return; // the hook has nothing left to do
    }
  }

  private synchronized void end() {
    said.getBuffer().setLength(0);
    installation.close();
    if (said.getBuffer().length() > 0) {
      throw new IllegalStateException("the embedded system: " + said);
    }
  }
}
