package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;

/**
 * Why a server refused, from its problem details.
 *
 * @param status the HTTP status
 * @param type the last part of the problem's type; empty where there is none
 * @param text for people, one line
 */
public record Problem(int status, String type, String text) {
  private static final String TYPES = "urn:faultline:problem:";

  static Problem of(RestClient.Answer answer, String server) {
    JsonNode json = answer.json();
    String type = json.path("type").asText("");
    String detail = json.path("detail").asText(json.path("title").asText(""));
    StringBuilder text = new StringBuilder(detail);
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
    if (text.length() == 0) {
      text.append(server).append(" answered ").append(answer.status());
    }
    if (answer.status() == 401) {
      text.append("; give --token or set FAULTLINE_TOKEN");
    }
    if (json.has("requestId")) {
      text.append(" (request ").append(json.get("requestId").asText()).append(')');
    }
    return new Problem(
        answer.status(),
        type.startsWith(TYPES) ? type.substring(TYPES.length()) : type,
        Cells.line(text.toString(), 0));
  }

  /** Ends the command. */
  CliException exception() {
    return new CliException(exitCode(), text);
  }

  private ExitCode exitCode() {
    return switch (status) {
      case 404 -> ExitCode.NOT_FOUND;
      case 403, 409, 412 -> ExitCode.NO;
      default -> status >= 500 ? ExitCode.UNREACHABLE : ExitCode.BAD_INPUT;
    };
  }
}
