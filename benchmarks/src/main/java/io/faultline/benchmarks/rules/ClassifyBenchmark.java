package io.faultline.benchmarks.rules;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.evidence.Evidence;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Classifies one failure, with all categories that match. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClassifyBenchmark {

  /** What the rules are like. */
  @Param public RuleSet kind;

  /** How many there are. */
  @Param({"10", "100", "1000", "10000"})
  public int rules;

  private Categories categories;
  private Evidence evidence;

  /** Reads the rules, and makes sure that only the last one matches. */
  @Setup
  public void read() {
    categories = kind.categories(rules);
    evidence = kind.evidence(rules);
    List<String> matching = classify().info().categories();
    if (!matching.equals(List.of("kind-" + (rules - 1)))) {
      throw new IllegalStateException("other rules match: " + matching);
    }
  }

  /** What is measured. */
  @Benchmark
  public Classification classify() {
    return Classifier.classify(categories, evidence);
  }
}
