package io.faultline.cli.testing;

import io.faultline.eventtest.Failure;
import io.faultline.eventtest.ObservedEvent;
import io.faultline.eventtest.Verdict;
import io.faultline.eventtest.Verdict.Rung;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A verdict for people: why, and what was expected of the job beside what came. */
public final class VerdictText {

  private VerdictText() {}

  static void print(PrintWriter out, String name, double seconds, Verdict verdict) {
    out.printf(Locale.ROOT, "%s %s (%.1f s)%n", verdict.result(), name, seconds);
    if (verdict.result() == Verdict.Result.PASS) {
      return;
    }
    out.println("  " + verdict.message());
    if (verdict.ladder().isEmpty()) {
      return;
    }
    out.println("  job " + verdict.jobId() + ":");
    out.printf("    %-2s%-28s%-12s%s%n", "", "expected", "time", "came");
    Instant begin = null;
    for (Rung rung : verdict.ladder()) {
      ObservedEvent event = rung.actual();
      if (begin == null && event != null) {
        begin = event.at();
      }
      String line =
          "    %-2s%-28s%-12s%s"
              .formatted(
                  mark(rung), rung.expected() == null ? "" : rung.expected(),
                  time(begin, event), event == null ? "nothing" : text(event));
      out.println(line.stripTrailing());
    }
  }

  /**
   * As text, of several lines.
   *
   * @param name the test's
   * @param seconds how long it took
   */
  public static String of(String name, double seconds, Verdict verdict) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      print(out, name, seconds, verdict);
    }
    return text.toString();
  }

  private static String mark(Rung rung) {
    return switch (rung.mark()) {
      case MET -> "✓";
      case PASSED_OVER -> "";
      case WRONG -> "✗";
      case MISSING -> "?";
    };
  }

  private static String time(@Nullable Instant begin, @Nullable ObservedEvent event) {
    if (begin == null || event == null || event.at() == null) {
      return "";
    }
    double seconds = Duration.between(begin, event.at()).toMillis() / 1e3;
    return String.format(Locale.ROOT, "+%.3f s", seconds);
  }

  private static String text(ObservedEvent event) {
    Failure failure = event.failure();
    if (failure == null) {
      return event.kind().word();
    }
    return event.kind().word()
        + (failure.retryable() ? ", retryable" : ", terminal")
        + ", categories "
        + failure.categories()
        + (failure.category().isEmpty() ? "" : ", category " + failure.category())
        + (failure.subcategory().isEmpty() ? "" : "/" + failure.subcategory())
        + (failure.why().isEmpty() ? "" : ": " + failure.why());
  }
}
