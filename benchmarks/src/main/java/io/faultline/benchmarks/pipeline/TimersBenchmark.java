package io.faultline.benchmarks.pipeline;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.Workload;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What retries that wait cost the decider: how fast it decides other failures with none of them,
 * after many have fired, and with as many that wait; and how late they are asked for when many come
 * due.
 */
@Command(
    name = "timers",
    mixinStandardHelpOptions = true,
    description = "The decider with many retries that wait for their time.")
public final class TimersBenchmark implements Callable<Integer> {

  @Option(
      names = "--timers",
      paramLabel = "N",
      description = "retries that have fired, and as many that wait (default: ${DEFAULT-VALUE})")
  private int timers = 1_000_000;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "other failures in each measurement of speed (default: ${DEFAULT-VALUE})")
  private int jobs = 50_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "measurements of speed, before and after (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "retries that come due in a second (default: ${DEFAULT-VALUE})")
  private int rate = 5_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "for so long; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int seconds = 20;

  @Option(
      names = "--lead",
      paramLabel = "N",
      description =
          "seconds before the first of them is due, in which all must have been scheduled"
              + " (default: ${DEFAULT-VALUE})")
  private int lead = 60;

  @Override
  public Integer call() throws Exception {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "timers");
    json.put("timers", timers);
    try (Streams streams = new Streams()) {
      streams.put(Workload.waitingResources());
      streams.startDecider();
      WaitingJobs work = new WaitingJobs(streams.traffic());
      work.decide(jobs);
      double before = speed(json.putObject("without"), work, "without any");
      say("%,d retries fire", timers);
      work.fire(timers);
      double fired = speed(json.putObject("afterFired"), work, "after they fired");
      say("%,d retries wait", timers);
      work.pend(timers);
      double pending = speed(json.putObject("whilePending"), work, "while they wait");
      json.put("afterFiredToWithout", rounded(fired / before));
      json.put("whilePendingToWithout", rounded(pending / before));
      if (seconds > 0) {
        say("%,d come due each second, for %d s", rate, seconds);
        double[] late = work.late(rate * seconds, rate, Duration.ofSeconds(lead));
        json.put("duePerSecond", rate);
        json.set("late", new Percentiles(late).json());
      }
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  /** The best of the rounds: what disturbs one only makes it slower. */
  private double speed(ObjectNode json, WaitingJobs work, String when) {
    double best = 0;
    double cpu = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      Speed.Result result = work.decide(jobs);
      say(
          "  %-16s %,9.0f a second, %,5.0f µs of processor time each",
          when, result.perSecond(), result.cpuMicros());
      best = Math.max(best, result.perSecond());
      cpu = Math.min(cpu, result.cpuMicros());
    }
    json.put("perSecond", Math.round(best));
    json.put("cpuMicros", Math.round(cpu));
    return best;
  }

  private static double rounded(double ratio) {
    return Math.round(ratio * 100) / 100.0;
  }
}
