package io.faultline.client;

/** The kinds of resources. */
public enum Kind {
  QUEUE("Queue", "/queues"),
  CATEGORIES("Categories", "/categories"),
  RETRY_POLICY("RetryPolicy", "/retry-policies"),
  CORDON("Cordon", "/cordons");

  private final String word;
  private final String path;

  Kind(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /** The word in a document's {@code kind}. */
  public String word() {
    return word;
  }

  /** Where they are, after {@code /api/v1}. */
  public String path() {
    return path;
  }
}
