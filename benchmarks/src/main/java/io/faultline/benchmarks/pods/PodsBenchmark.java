package io.faultline.benchmarks.pods;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Broker;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * An executor with thousands of pods alive: what memory it takes, how long it takes to find them
 * again after a kill, and how long from a pod's end to its JobError on the topic.
 */
@Command(
    name = "pods",
    mixinStandardHelpOptions = true,
    description = "An executor with thousands of pods on a mock API server: memory, and ends.")
public final class PodsBenchmark implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--pods",
      paramLabel = "N",
      description = "pods alive at once (default: ${DEFAULT-VALUE})")
  private int pods = 10_000;

  @Option(
      names = "--ends",
      paramLabel = "N",
      description = "how many of them end (default: ${DEFAULT-VALUE})")
  private int ends = 2_000;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "how many end before that, at the same rate (default: ${DEFAULT-VALUE})")
  private int warmUp = 1_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "ends a second (default: ${DEFAULT-VALUE})")
  private int rate = 40;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      description = "the most that the executor's heap may take (default: ${DEFAULT-VALUE})")
  private int heap = 256;

  @Override
  public Integer call() throws Exception {
    if (warmUp + ends > pods || ends < 1 || rate < 1) {
      throw new ParameterException(
          spec.commandLine(), "more pods end than there are, or none; pods: " + pods);
    }
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "pods");
    json.put("pods", pods);
    json.put("heapLimitMib", heap);
    try (WorkFolder folder = WorkFolder.make();
        Kubelet kubelet = new Kubelet();
        PodServer server = new PodServer(kubelet.store());
        Broker broker = new Broker();
        Jobs jobs = new Jobs(broker.bootstrapServers(), broker.codecs())) {
      Map<String, String> settings = settings(folder.path(), server, broker);
      List<String> names = jobs.ask(pods);
      try (ExecutorProcess first = new ExecutorProcess(folder.path(), heap, settings)) {
        json.put("allRunningSeconds", untilAllRun(jobs, first));
        json.set("memoryMib", first.memory());
        say("all pods run: %s", json.get("memoryMib"));
        first.kill();
      }
      try (ExecutorProcess again = new ExecutorProcess(folder.path(), heap, settings)) {
        json.put("foundAgainSeconds", untilAllRun(jobs, again));
        json.set("memoryAfterRestartMib", again.memory());
        say("all pods found again: %s", json.get("memoryAfterRestartMib"));
        json.put("endsASecond", rate);
        json.set("endToJobError", end(names, kubelet, jobs, again).json());
        json.set("memoryAtTheEndMib", again.memory());
      }
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  private Map<String, String> settings(Path folder, PodServer server, Broker broker)
      throws IOException {
    Map<String, String> settings = broker.settings(folder);
    settings.put("executor.maxRuns", Integer.toString(pods));
    settings.put("executor.kubernetes.enabled", "true");
    settings.put("executor.kubernetes.kubeconfig", server.kubeconfig(folder).toString());
    settings.put("executor.kubernetes.queriesPerSecond", "1000");
    return settings;
  }

  /** Waits until each pod is reported as running by this process; how long that takes. */
  private double untilAllRun(Jobs jobs, ExecutorProcess executor) throws IOException {
    long begin = System.nanoTime();
    Set<String> running = new HashSet<>();
    int said = 0;
    while (running.size() < pods) {
      executor.check();
      jobs.listen(running::add, name -> say("pod %s has failed", name));
      if (running.size() >= said + 1_000) {
        said = running.size();
        say("%d pods run", said);
      }
    }
    return Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
  }

  /** Ends the first of these pods, each at its time, and waits for their errors. */
  private Percentiles end(List<String> names, Kubelet kubelet, Jobs jobs, ExecutorProcess executor)
      throws IOException {
    Map<String, Long> ended = new HashMap<>();
    Map<String, Double> millis = new HashMap<>();
    int most = warmUp + ends;
    long begin = System.nanoTime();
    int next = 0;
    while (millis.size() < most) {
      executor.check();
      long due = (System.nanoTime() - begin) * rate / TimeUnit.SECONDS.toNanos(1);
      for (; next < most && next <= due; next++) {
        ended.put(names.get(next), System.nanoTime());
        kubelet.end(names.get(next));
      }
      jobs.listen(
          name -> {}, name -> millis.put(name, (System.nanoTime() - ended.get(name)) / 1e6));
    }
    return new Percentiles(names.subList(warmUp, most).stream().mapToDouble(millis::get).toArray());
  }
}
