package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.eventtest.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one test file.
 *
 * @param name the file, as it was given
 * @param verdict null where the test could not be run
 * @param error why it could not; null where it was
 * @param seconds how long it took
 */
record EventTestOutcome(
    String name, @Nullable Verdict verdict, @Nullable CliException error, double seconds) {

  boolean passed() {
    return verdict != null && verdict.result() == Verdict.Result.PASS;
  }

  /** In one word: pass, fail, timeout or error. */
  String word() {
    return verdict == null ? "error" : verdict.result().name().toLowerCase(Locale.ROOT);
  }

  ExitCode exitCode() {
    if (error != null) {
      return error.exitCode();
    }
    return passed() ? ExitCode.FINE : ExitCode.NO;
  }

  ObjectNode json() {
    return verdict != null
        ? VerdictJson.of(verdict)
        : JsonNodeFactory.instance
            .objectNode()
            .put("result", word())
            .put("message", error.getMessage());
  }

  JunitReport.Case junit() {
    JunitReport.Problem problem = null;
    if (verdict == null) {
      problem =
          new JunitReport.Problem(
              JunitReport.Kind.ERROR, "error", error.getMessage(), error.getMessage());
    } else if (!passed()) {
      problem =
          new JunitReport.Problem(
              JunitReport.Kind.FAILURE,
              word(),
              verdict.message(),
              VerdictText.of(name, seconds, verdict));
    }
    return new JunitReport.Case("events", name, problem);
  }
}
