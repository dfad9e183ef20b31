package io.faultline.benchmarks.up;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long {@code up} takes to answer, how soon after its end a failed job is in the list of
 * failures with its category, and how much memory all of it takes.
 */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "faultline up: its start, its memory, and how soon a failure is found.")
public final class UpBenchmark implements Callable<Integer> {

  private static final String PODS =
      """
      {"queue": "builds", "jobSetId": "bench", "jobs": [{"namespace": "default", "podSpec": {
        "restartPolicy": "Never", "containers": [{"name": "main", "image": "bench:1",
          "command": ["sh", "-c", "date +%s%N > FILE; exit 1"],
          "resources": {"requests": {"cpu": "10m", "memory": "16Mi"},
                        "limits": {"cpu": "10m", "memory": "16Mi"}}}]}}]}
      """;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "how many jobs fail, one after the other (default: ${DEFAULT-VALUE})")
  private int jobs = 100;

  @Override
  public Integer call() throws Exception {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "up");
    long begin = System.nanoTime();
    try (WorkFolder folder = WorkFolder.make();
        UpProcess up = new UpProcess(folder.path())) {
      while (!up.answers()) {
        Thread.sleep(20);
      }
      json.put("firstAnswerSeconds", seconds(begin));
      up.awaitUp();
      json.put("everythingReadySeconds", seconds(begin));
      say("up; memory %d MiB", up.memoryMib());
      for (String file : new String[] {"policies.yaml", "categories.yaml", "queues.yaml"}) {
        Path examples = Path.of(System.getProperty("faultline.home", "."), "deploy", "examples");
        up.run("apply", "--wait", "-f", examples.resolve(file).toString());
      }
      double[] millis = new double[jobs];
      long memory = 0;
      for (int i = 0; i < jobs; i++) {
        millis[i] = untilFound(up, folder.path().resolve("end-" + i));
        if (i % 10 == 9) {
          memory = Math.max(memory, up.memoryMib());
          say("%d of %d jobs; memory %d MiB", i + 1, jobs, up.memoryMib());
        }
      }
      json.set("endOfJobToListOfFailures", new Percentiles(millis).json());
      json.put("memoryMib", memory);
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  /** Milliseconds from the last thing that the job did until the list shows it with a category. */
  private static double untilFound(UpProcess up, Path end) throws Exception {
    JsonNode body = new JsonMapper().readTree(PODS.replace("FILE", end.toString()));
    String job = up.post("/api/v1/jobs", body).findValue("jobId").asText();
    while (true) {
      JsonNode found = up.get("/api/v1/failures?jobId=" + job).findValue("category");
      if (found != null && !found.asText().isEmpty()) {
        long now = System.currentTimeMillis();
        return now - Long.parseLong(Files.readString(end).strip()) / 1e6;
      }
      Thread.sleep(10);
    }
  }

  private static double seconds(long begin) {
    return Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
  }
}
