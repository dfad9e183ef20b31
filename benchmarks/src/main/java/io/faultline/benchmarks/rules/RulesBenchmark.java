package io.faultline.benchmarks.rules;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long it takes to classify a failure, and to decide about it, by the number of rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Classify and decide, by the number of rules (JMH).")
public final class RulesBenchmark implements Callable<Integer> {

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description = "which benchmarks: a pattern over classify and decide (default: both)")
  private String only = "";

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "N",
      description = "how many rules (default: 10,100,1000,10000 and 10,100,1000)")
  private String[] rules = {};

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description = "what the rules are like, with --only; default: all kinds of it")
  private String[] kinds = {};

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "JVMs one after the other; 0 measures in this one (default: ${DEFAULT-VALUE})")
  private int forks = 2;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "how many are measured, after 3 that are not (default: ${DEFAULT-VALUE})")
  private int iterations = 5;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description = "the length of each (default: ${DEFAULT-VALUE})")
  private int millis = 1_000;

  @Override
  public Integer call() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(RulesBenchmark.class.getPackageName() + ".*" + only)
            .forks(forks)
            .warmupIterations(3)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(millis));
    if (rules.length > 0) {
      options.param("rules", rules);
    }
    if (kinds.length > 0) {
      options.param("kind", kinds);
    }
    ArrayNode results = new JsonMapper().createArrayNode();
    for (RunResult result : runQuietly(options)) {
      results.add(json(result));
    }
    System.out.println(results.toPrettyString());
    return 0;
  }

  /** JMH tells how it goes on standard output, which is for the result here. */
  private static Iterable<RunResult> runQuietly(ChainedOptionsBuilder options)
      throws RunnerException {
    PrintStream out = System.out;
    try (PrintStream progress =
        new PrintStream(new Uncloseable(System.err), true, StandardCharsets.UTF_8)) {
      System.setOut(progress);
      return new Runner(options.build()).run();
    } finally {
      System.setOut(out);
    }
  }

  private static ObjectNode json(RunResult result) {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", result.getPrimaryResult().getLabel());
    for (String param : result.getParams().getParamsKeys()) {
      json.put(param, result.getParams().getParam(param));
    }
    json.put("micros", result.getPrimaryResult().getScore());
    json.put("error", result.getPrimaryResult().getScoreError());
    json.put("least", result.getPrimaryResult().getStatistics().getMin());
    return json;
  }

  private static final class Uncloseable extends FilterOutputStream {
    Uncloseable(OutputStream out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
