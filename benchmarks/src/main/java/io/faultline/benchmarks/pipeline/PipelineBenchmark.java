package io.faultline.benchmarks.pipeline;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.Spread;
import io.faultline.benchmarks.Workload;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many failures a second classifier and decider turn into JobFailed, beside the same topology
 * and stores that have next to nothing to classify or decide, and beside two streams that only hand
 * on bytes; and how long it takes from JobError to JobFailed readable with read_committed.
 */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = "Classifier and decider together: from JobError to JobFailed.")
public final class PipelineBenchmark implements Callable<Integer> {

  /** What is measured side by side; the names stand in the JSON. */
  private enum Variant {
    rules,
    least,
    bytes
  }

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "jobs in each round of the throughput (default: ${DEFAULT-VALUE})")
  private int jobs = 100_000;

  @Option(
      names = "--variants",
      paramLabel = "NAME",
      split = ",",
      description =
          "of the throughput: ${COMPLETION-CANDIDATES}, the last two being the same streams with"
              + " the least to classify and decide, and two streams that hand on bytes"
              + " (default: ${DEFAULT-VALUE})")
  private List<Variant> variants = List.of(Variant.values());

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds of the throughput; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--warm-up-rounds",
      paramLabel = "N",
      description =
          "rounds before them that are not counted: Java compiles for minutes"
              + " (default: ${DEFAULT-VALUE})")
  private int warmUpRounds = 2;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "failures a second for the latency; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long latency is measured (default: ${DEFAULT-VALUE})")
  private int seconds = 60;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "seconds before that, at the same rate (default: ${DEFAULT-VALUE})")
  private int warmUp = 60;

  @Override
  public Integer call() throws Exception {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "pipeline");
    if (rounds > 0) {
      json.set("throughput", throughput());
    }
    if (rate > 0) {
      json.set("latency", latency());
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  private ObjectNode throughput() throws Exception {
    Map<Variant, List<Speed.Result>> results = new EnumMap<>(Variant.class);
    for (int round = 1 - warmUpRounds; round <= rounds; round++) {
      boolean timed = round > 0;
      say(timed ? "round %d of %d" : "a round to warm up", round, rounds);
      for (Variant variant : variants) {
        Speed.Result result = round(variant);
        say(
            "  %-7s %,9.0f a second, %,5.0f µs of processor time each",
            variant, result.perSecond(), result.cpuMicros());
        if (timed) {
          results.computeIfAbsent(variant, v -> new ArrayList<>()).add(result);
        }
      }
    }
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("jobs", jobs);
    results.forEach((variant, all) -> json.set(variant.name(), rounds(all)));
    return json;
  }

  private Speed.Result round(Variant variant) throws Exception {
    try (Streams streams = new Streams()) {
      if (variant == Variant.bytes) {
        return handOn(streams);
      }
      streams.put(variant == Variant.rules ? Workload.resources() : Workload.leastResources());
      streams.startDecider();
      Backlog backlog = new Backlog(streams.traffic(), jobs);
      backlog.queue();
      streams.startClassifier();
      return backlog.workOff();
    }
  }

  private Speed.Result handOn(Streams streams) throws Exception {
    Traffic traffic = streams.traffic();
    List<byte[]> values =
        IntStream.range(0, jobs)
            .mapToObj(i -> traffic.bytes(Topics.JOB_ERRORS, Workload.error(i, 0)))
            .toList();
    return new PassThrough(streams.bootstrapServers()).handOn(values);
  }

  private static ObjectNode rounds(List<Speed.Result> timed) {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.set("perSecond", new Spread(timed.stream().map(Speed.Result::perSecond).toList()).json());
    json.set("cpuMicros", new Spread(timed.stream().map(Speed.Result::cpuMicros).toList()).json());
    return json;
  }

  private ObjectNode latency() throws IOException, InterruptedException {
    try (Streams streams = new Streams()) {
      say("latency at %,d failures a second, for %d s after %d s", rate, seconds, warmUp);
      streams.put(Workload.resources());
      streams.startDecider();
      streams.startClassifier();
      Traffic traffic = streams.traffic();
      int all = rate * (warmUp + seconds);
      double[] millis = new SteadyRate(traffic, all, rate, rate * warmUp).run();
      ObjectNode json = new JsonMapper().createObjectNode();
      json.put("rate", rate);
      json.put("jobErrorBytes", traffic.bytes(Topics.JOB_ERRORS, Workload.error(1, 0)).length);
      json.set("jobErrorToJobFailed", new Percentiles(millis).json());
      return json;
    }
  }
}
