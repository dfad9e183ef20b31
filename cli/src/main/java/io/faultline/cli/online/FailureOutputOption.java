package io.faultline.cli.online;

import io.faultline.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** The option {@code -o} of failures, which can be had as a case of a table test as well. */
final class FailureOutputOption {

  /** {@link OutputFormat}, and a case. */
  enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    JSONL,
    CASE
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, wide, json, yaml or jsonl; of one failure also case: a case for a file that"
              + " faultline test rules reads (default: table)")
  private Format format;

  /** Whether a case is asked for. */
  boolean asCase() {
    return format == Format.CASE;
  }

  /** What was asked for; only where it is no case. */
  OutputFormat format() {
    return OutputFormat.valueOf(format.name());
  }
}
