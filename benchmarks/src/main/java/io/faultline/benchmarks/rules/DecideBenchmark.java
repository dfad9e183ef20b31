package io.faultline.benchmarks.rules;

import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decides about one failure by rules of which only the last one matches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecideBenchmark {

  private static final RetrySettings SETTINGS = new RetrySettings(true, 20, "", 5, "armada");
  private static final RetryCounts COUNTS = new RetryCounts(1, 0, 1, Map.of());

  /** What the rules are like. */
  @Param public PolicyRules kind;

  /** How many there are. */
  @Param({"10", "100", "1000"})
  public int rules;

  /** Whether the decision has its trace. */
  @Param({"true", "false"})
  public boolean trace;

  private List<RetryPolicy> policies;
  private FailureSignals failure;

  /** Reads the rules, and makes sure that the last one decides. */
  @Setup
  public void read() {
    policies = List.of(kind.policy(rules));
    failure = kind.failure(rules);
    Decision decision = decide();
    if (decision.reason() != DecisionReason.RETRY || decision.ruleIndex() != rules - 1) {
      throw new IllegalStateException("the last rule does not decide: " + decision);
    }
  }

  /** What is measured. */
  @Benchmark
  public Decision decide() {
    return trace
        ? RetryEngine.decide(SETTINGS, policies, failure, COUNTS, false)
        : RetryEngine.decideUntraced(SETTINGS, policies, failure, COUNTS, false);
  }
}
