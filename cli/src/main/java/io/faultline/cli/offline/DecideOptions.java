package io.faultline.cli.offline;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which options of {@code decide} go together: it is asked about a failure or about a set. */
final class DecideOptions {
  private static final List<String> OF_FAILURE =
      List.of("--policy", "--failure", "--failures", "--global-max-retries", "--rule-retries");

  private DecideOptions() {}

  /** Refuses what means nothing to a failure policy, and what it lacks. */
  static void ofSet(CommandLine command) {
    OF_FAILURE.stream()
        .filter(command.getParseResult()::hasMatchedOption)
        .findFirst()
        .ifPresent(
            option -> {
              throw new ParameterException(
                  command, option + " does not go with --failure-policy and --group");
            });
    require(command, "--failure-policy", "--group");
  }

  /** Refuses what lacks a policy or a failure. */
  static void ofFailure(CommandLine command) {
    require(command, "--policy", "--failure");
  }

  private static void require(CommandLine command, String... options) {
    List<String> missing =
        Stream.of(options)
            .filter(option -> !command.getParseResult().hasMatchedOption(option))
            .map(option -> "'" + option + "=FILE'")
            .toList();
    if (!missing.isEmpty()) {
      throw new ParameterException(
          command,
          "Missing required option"
              + (missing.size() > 1 ? "s" : "")
              + ": "
              + String.join(", ", missing));
    }
  }
}
