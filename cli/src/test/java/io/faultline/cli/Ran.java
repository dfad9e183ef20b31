package io.faultline.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The command, run in this process.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 */
public record Ran(int code, String out, String err) {

  /** Runs it with nothing on standard input and no environment. */
  public static Ran faultline(String... args) {
    return with("", Map.of(), args);
  }

  /** Runs it. */
  public static Ran with(String in, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            environment::get);
    int code = FaultlineCommand.run(console, args);
    return new Ran(code, out.toString(), err.toString());
  }
}
