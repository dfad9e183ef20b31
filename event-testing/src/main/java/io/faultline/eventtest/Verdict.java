package io.faultline.eventtest;

import io.faultline.rules.table.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a test.
 *
 * @param result how it ended
 * @param event the index, from 0, among all events that were taken, of the one that decided; -1
 *     where none did
 * @param jobId the job that failed it, or the first one that still waits; empty where it passed
 * @param message why, on one line; empty where it passed
 * @param differences of the event that decided, where it is of the awaited kind
 * @param ladder what was expected of that job beside what came; empty where it passed
 */
public record Verdict(
    Result result,
    int event,
    String jobId,
    String message,
    List<Difference> differences,
    List<Rung> ladder) {

  /** How a test ends. */
  public enum Result {
    PASS,
    FAIL,
    TIMEOUT
  }

  /** Whether an event was what was expected. */
  public enum Mark {
    /** It was. */
    MET,
    /** It came between, which is allowed. */
    PASSED_OVER,
    /** It decided that the test fails. */
    WRONG,
    /** It never came. */
    MISSING
  }

  /**
   * One line of expected beside actual.
   *
   * @param expected null where an event came that no one awaited
   * @param actual null where none came
   */
  public record Rung(Mark mark, @Nullable ExpectedEvent expected, @Nullable ObservedEvent actual) {}

  /** Copies the lists. */
  public Verdict {
    differences = List.copyOf(differences);
    ladder = List.copyOf(ladder);
  }

  static Verdict pass(int event) {
    return new Verdict(Result.PASS, event, "", "", List.of(), List.of());
  }
}
