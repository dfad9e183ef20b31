package io.faultline.cli.output;

/** How an answer is printed. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For people with wide terminals: more columns. */
  WIDE,
  JSON,
  YAML,
  /** One JSON object a line. */
  JSONL
}
