package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.client.Problem;

/**
 * How a command ends that the server refused.
 *
 * @param exitCode its exit code
 * @param text for people, one line
 */
record Refusal(ExitCode exitCode, String text) {

  static Refusal of(Problem problem) {
    JsonNode json = problem.json();
    StringBuilder text = new StringBuilder(problem.detail());
    json.path("referredBy")
        .forEach(
            by ->
                text.append("; referred to by ")
                    .append(by.path("kind").asText())
                    .append(' ')
                    .append(by.path("name").asText()));
    if (json.has("currentRevision")) {
      text.append("; it stands at revision ").append(json.get("currentRevision").asText());
    }
    if (problem.status() == 401) {
      text.append("; give --token or set FAULTLINE_TOKEN");
    }
    if (json.has("requestId")) {
      text.append(" (request ").append(json.get("requestId").asText()).append(')');
    }
    return new Refusal(exitCode(problem.status()), Cells.line(text.toString(), 0));
  }

  /** Ends the command. */
  CliException exception() {
    return new CliException(exitCode, text);
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 404 -> ExitCode.NOT_FOUND;
      case 403, 409, 412 -> ExitCode.NO;
      default -> status >= 500 ? ExitCode.UNREACHABLE : ExitCode.BAD_INPUT;
    };
  }
}
