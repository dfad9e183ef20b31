package io.faultline.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command sees of the world it was called in.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment a variable's value; null where it is not set
 */
public record Console(
    InputStream in, PrintWriter out, PrintWriter err, Function<String, String> environment) {

  /** That of this process. Text goes out as UTF-8, whatever the locale. */
  static Console ofProcess() {
    return new Console(System.in, utf8(System.out), utf8(System.err), System::getenv);
  }

  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** A variable's value; empty where it is not set or is empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
  }
}
