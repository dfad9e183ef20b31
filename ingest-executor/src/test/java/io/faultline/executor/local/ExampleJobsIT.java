package io.faultline.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Termination;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run of each job of the examples comes to the end that the example is about. */
class ExampleJobsIT {

  private static final Path EXAMPLES = Path.of("../deploy/examples/jobs");

  @TempDir Path directory;

  @Test
  void everyExampleEndsAsItsNameSays() throws Exception {
    Map<String, String> ends = new TreeMap<>();
    Observations seen = new Observations();
    try (LocalCluster cluster = new LocalCluster(LocalClusters.settings(directory));
        Stream<Path> files = Files.list(EXAMPLES)) {
      cluster.watch(seen);
      Map<String, PodOrder> orders = new TreeMap<>();
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        JobFile jobs = JobFile.read(YamlFile.read(name, Files.readString(file)).single());
        PodOrder order = PodOrders.of(jobs.jobs().get(0).podSpec());
        orders.put(name, order);
        cluster.create(order);
      }
      orders.forEach((name, order) -> ends.put(name, shown(seen.end(order.runId()))));
    }
    assertThat(ends)
        .containsEntry("fine.yaml", "Succeeded")
        .containsEntry("build-failure.yaml", "1 Error main.c:14: error: expected ;")
        .containsEntry("out-of-memory.yaml", "137 OOMKilled ")
        .containsEntry("past-deadline.yaml", "DeadlineExceeded")
        .containsEntry("terminated.yaml", "143 Error ")
        .containsEntry("transient.yaml", "75 Error upload failed: connection reset by peer");
    assertThat(ends.get("missing-module.yaml")).startsWith("1 Error ").contains("torchvision");
  }

  private static String shown(Observation end) {
    if (!(end instanceof Observation.Failed failed)) {
      return end.getClass().getSimpleName();
    }
    if (!failed.evidence().podReason().isEmpty()) {
      return failed.evidence().podReason();
    }
    ContainerEvidence container = failed.evidence().containers().get(0);
    Termination termination = container.termination();
    return termination.exitCode()
        + " "
        + termination.reason()
        + " "
        + termination.message().stripTrailing();
  }
}
