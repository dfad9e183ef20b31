package io.faultline.cli.output;

import picocli.CommandLine.Option;

/** The option {@code -o}, alike in all commands that print an answer. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, wide, json, yaml or jsonl (default: table)")
  private OutputFormat format;

  /** What was asked for. */
  public OutputFormat format() {
    return format;
  }
}
