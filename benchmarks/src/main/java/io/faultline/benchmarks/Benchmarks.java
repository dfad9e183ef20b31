package io.faultline.benchmarks;

import io.faultline.benchmarks.events.EventsBenchmark;
import io.faultline.benchmarks.ingest.IngestBenchmark;
import io.faultline.benchmarks.pipeline.PipelineBenchmark;
import io.faultline.benchmarks.pipeline.SetsBenchmark;
import io.faultline.benchmarks.pipeline.TimersBenchmark;
import io.faultline.benchmarks.pods.PodsBenchmark;
import io.faultline.benchmarks.rules.RulesBenchmark;
import io.faultline.benchmarks.subscribers.SubscribersBenchmark;
import io.faultline.benchmarks.up.UpBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All benchmarks by name. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Runs one benchmark and prints what it measured as JSON.",
    subcommands = {
      RulesBenchmark.class,
      PipelineBenchmark.class,
      TimersBenchmark.class,
      SetsBenchmark.class,
      IngestBenchmark.class,
      UpBenchmark.class,
      PodsBenchmark.class,
      SubscribersBenchmark.class,
      EventsBenchmark.class
    })
public final class Benchmarks implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Exits with 0, with 2 on bad usage, and with 1 where the benchmark failed. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "which benchmark?");
  }
}
