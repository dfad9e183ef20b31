package io.faultline.benchmarks.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.Workload;
import io.faultline.schemas.Topics;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long it takes from JobError on the topic to JobFailed readable with read_committed. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = "Classifier and decider together: from JobError to JobFailed.")
public final class PipelineBenchmark implements Callable<Integer> {

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "failures a second (default: ${DEFAULT-VALUE})")
  private int rate = 100;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long it is measured (default: ${DEFAULT-VALUE})")
  private int seconds = 60;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "seconds before that, at the same rate (default: ${DEFAULT-VALUE})")
  private int warmUp = 60;

  @Override
  public Integer call() throws Exception {
    try (Streams streams = new Streams()) {
      say("starting classifier and decider");
      streams.start(Workload.resources());
      Traffic traffic = streams.traffic();
      int jobs = rate * (warmUp + seconds);
      Run run = new Run(traffic, jobs);
      say("submitting %d jobs", jobs);
      run.submit();
      say("sending failures, %d a second", rate);
      run.fail(rate, rate * warmUp);
      ObjectNode json = new JsonMapper().createObjectNode();
      json.put("benchmark", "pipeline");
      json.put("rate", rate);
      json.put("jobErrorBytes", traffic.size(Topics.JOB_ERRORS, Workload.error(1, 0)));
      json.set("jobErrorToJobFailed", new Percentiles(run.latencies()).json());
      System.out.println(json.toPrettyString());
      return 0;
    }
  }

  private static void say(String what, Object... values) {
    System.err.printf(Locale.ROOT, what + "%n", values);
  }
}
