package io.faultline.domain.classify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failure, for events, rows and answers, always with these names. Only fields
 * that carry something are written.
 *
 * @param exitCode of the first failed container; null when there is none
 * @param terminationMessage of the first failed container; may be empty
 * @param containerName of the first failed container; may be empty
 * @param category of the first rule that matches; empty when there is none
 * @param subcategory of that rule; may be empty
 * @param categories every category with a matching rule, sorted, without repeats
 * @param hint of that rule; may be empty
 */
public record FailureInfo(
    @Nullable Integer exitCode,
    String terminationMessage,
    String containerName,
    String category,
    String subcategory,
    List<String> categories,
    String hint) {

  /** Copies the list. */
  public FailureInfo {
    categories = List.copyOf(categories);
  }
}
