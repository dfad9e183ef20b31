package io.faultline.cli.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.json.DecisionJson;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.policy.RuleNames;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code faultline decide}: what a policy says about a failure or a set, and how it comes to it.
 */
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    description =
        "Says what a retry policy decides about a failure, or a failure policy about a set of jobs,"
            + " with every rule it tried.")
public final class DecideCommand implements Callable<Integer> {
  private static final RetrySettings DEFAULTS = RetrySettings.DEFAULTS;

  private final Console console;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "a retry policy; several are asked in their order, as those of a queue are")
  private List<String> files = List.of();

  @Option(
      names = "--failure",
      paramLabel = "FILE",
      description = "the failure: its evidence, with what is known besides; null for none")
  private String failure = "";

  @Option(
      names = "--failures",
      paramLabel = "N",
      defaultValue = "1",
      description = "failures of the job that count, this one included (default: 1)")
  private int failures;

  @Option(
      names = "--global-max-retries",
      paramLabel = "N",
      defaultValue = "20",
      description = "the cap over all policies; 0 grants nothing (default: 20)")
  private int globalMaxRetries;

  @Option(
      names = "--rule-retries",
      paramLabel = "NAME=N",
      description =
          "retries that a rule has granted so far, for its own limit and wait; policy/rule where"
              + " two have one of that name, defaultAction for the default action")
  private Map<String, Integer> ruleRetries = Map.of();

  @Option(
      names = "--failure-policy",
      paramLabel = "FILE",
      description = "the failure policy of a set, or the JobSet that has it")
  private String failurePolicy = "";

  @Option(
      names = "--group",
      paramLabel = "FILE",
      description = "the set: its jobs, those that failed, and restarts so far")
  private String group = "";

  @Mixin private OutputOption output;

  @Spec private CommandSpec spec;

  public DecideCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!failurePolicy.isEmpty() || !group.isEmpty()) {
      DecideOptions.ofSet(spec.commandLine());
      return new SetDecision(console, output.format()).decide(failurePolicy, group);
    }
    DecideOptions.ofFailure(spec.commandLine());
    refuseNegative("--failures", failures);
    refuseNegative("--global-max-retries", globalMaxRetries);
    List<String> read = new ArrayList<>(files);
    read.add(failure);
    if (read.stream().filter("-"::equals).count() > 1) {
      throw new CliException(
          ExitCode.BAD_INPUT, "only one of --policy and --failure can be standard input");
    }
    List<RetryPolicy> policies = policies();
    FailureSignals signals =
        RecordedFailure.read(InputFile.read(console, failure).yaml().single())
            .map(RecordedFailure::signals)
            .orElse(null);
    RetrySettings settings =
        new RetrySettings(
            true, globalMaxRetries, "", DEFAULTS.maxAttemptedRuns(), DEFAULTS.podNamePrefix());
    RetryCounts counts =
        new RetryCounts(
            failures, Math.max(0, failures - 1), Math.max(1, failures), byRule(policies));
    Decision decision = RetryEngine.decide(settings, policies, signals, counts, false);
    ObjectNode answer = DecisionJson.of(decision);
    if (policies.size() > 1) {
      answer.put("policy", decision.policy());
    }
    new Output(console.out(), output.format())
        .one(answer, out -> RetryDecisionText.print(out, answer));
    return ExitCode.FINE.number();
  }

  private List<RetryPolicy> policies() {
    List<RetryPolicy> policies = new ArrayList<>();
    for (String file : files) {
      YamlNode document = InputFile.read(console, file).yaml().single();
      RetryPolicy policy = RetryPolicyReader.read(document);
      if (policies.stream().anyMatch(other -> other.name().equals(policy.name()))) {
        throw document.problem("the policy \"" + policy.name() + "\" is repeated");
      }
      policies.add(policy);
    }
    return policies;
  }

  private Map<String, Integer> byRule(List<RetryPolicy> policies) {
    RuleNames rules = new RuleNames(policies);
    Map<String, Integer> byRule = new HashMap<>();
    ruleRetries.forEach(
        (name, retries) -> {
          refuseNegative("--rule-retries " + name, retries);
          String key =
              rules
                  .key(name)
                  .orElseThrow(
                      () ->
                          new CliException(
                              ExitCode.BAD_INPUT,
                              "--rule-retries: there is no rule "
                                  + name
                                  + "; allowed: "
                                  + rules.allowed()));
          byRule.put(key, retries);
        });
    return byRule;
  }

  private static void refuseNegative(String option, int value) {
    if (value < 0) {
      throw new CliException(ExitCode.BAD_INPUT, option + ": " + value + " is not 0 or more");
    }
  }
}
