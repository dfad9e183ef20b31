package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code failed} event says that tests compare.
 *
 * @param categories all that matched, sorted
 * @param category of the first rule that matched; empty where none did
 * @param subcategory of that rule; may be empty
 * @param reason what ended the run, in a word or, of peers' events, as a text; may be empty
 * @param message the text of what happened; may be empty
 * @param retryable whether the job goes on: the job's end is a failure that is not
 * @param decision what was decided and why, in the form that {@code faultline decide} prints, with
 *     the {@code policy}; null where that was not recorded
 */
public record Failure(
    List<String> categories,
    String category,
    String subcategory,
    String reason,
    String message,
    boolean retryable,
    @Nullable JsonNode decision) {

  /** Copies and sorts the list. */
  public Failure {
    categories = categories.stream().sorted().toList();
  }

  /** The reason and the message, as far as they are known, on one line. */
  public String why() {
    String text =
        reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
    return String.join("; ", text.lines().toList());
  }
}
