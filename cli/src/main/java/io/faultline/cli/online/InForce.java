package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.rest.RestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until a revision is in force in every service. What it says goes to standard error. */
final class InForce {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Console console;
  private final RestClient client;
  private final long revision;

  InForce(Console console, RestClient client, long revision) {
    this.console = console;
    this.client = client;
    this.revision = revision;
  }

  /** Fine once it is; no where the time is up before. */
  ExitCode await(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    JsonNode status = client.get("/resources/status?revision=" + revision);
    while (!status.path("inForce").asBoolean()) {
      if (System.nanoTime() - end >= 0) {
        console
            .err()
            .println(
                "faultline: not in force after "
                    + timeout.toSeconds()
                    + " s: "
                    + of(status)
                    + waitingFor(status));
        return ExitCode.NO;
      }
      pause();
      status = client.get("/resources/status?revision=" + revision);
    }
    console.err().println("revision " + revision + " is in force on " + of(status));
    return ExitCode.FINE;
  }

  private static String of(JsonNode status) {
    return Cells.at(status, "inForceOn") + " of " + Cells.at(status, "of");
  }

  private static String waitingFor(JsonNode status) {
    List<String> behind = new ArrayList<>();
    for (JsonNode instance : status.path("instances")) {
      if (!instance.path("inForce").asBoolean()) {
        behind.add(Cells.at(instance, "service") + "/" + Cells.at(instance, "instance"));
      }
    }
    return behind.isEmpty() ? "" : "; behind: " + Cells.line(String.join(", ", behind), 0);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
