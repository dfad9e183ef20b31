package io.faultline.domain.resource;

import java.util.Arrays;
import java.util.Optional;

/** What operators write. */
public enum ResourceKind {
  QUEUE("Queue"),
  CATEGORIES("Categories"),
  RETRY_POLICY("RetryPolicy"),
  CORDON("Cordon");

  private final String word;

  ResourceKind(String word) {
    this.word = word;
  }

  /** The word in a file's {@code kind}, for example {@code RetryPolicy}. */
  public String word() {
    return word;
  }

  /** The kind that a word names, exactly and case-sensitively; empty when there is none. */
  public static Optional<ResourceKind> ofWord(String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
  }
}
