package io.faultline.executor.cluster;

import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.workload.SetPlace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders for tests. */
public final class PodOrders {

  private PodOrders() {}

  /** A new job's first run. */
  public static PodOrder of(String podSpec) {
    return of(podSpec, RunMutations.NONE);
  }

  /** A new job's first run, changed. */
  public static PodOrder of(String podSpec, RunMutations mutations) {
    return of(podSpec, mutations, "default", "");
  }

  /** Memory that grows once by a factor, and nodes to avoid. */
  public static RunMutations grown(List<String> avoidNodes, String factor) {
    Growth growth = new Growth.Factor(Amount.MEMORY, factor, null);
    return new RunMutations(
        avoidNodes, List.of(), List.of(new GrantedGrowth(growth, "policy", "rule", 0)));
  }

  /** A new job's first run, in a namespace. */
  public static PodOrder in(String namespace, String podSpec) {
    return of(podSpec, RunMutations.NONE, namespace, "");
  }

  /** A new job's first run, with a pod of this name. */
  public static PodOrder named(String podName) {
    return of(shell("exit 0"), RunMutations.NONE, "default", podName);
  }

  /**
   * A pod of a JobSet {@code train}, of whose three workers with two pods each it is the last; they
   * come after one driver. The set began again four times, and this worker alone three times.
   */
  public static PodOrder ofSet(String podSpec) {
    return ofSet(podSpec, 6);
  }

  /** The same for another job of the set. */
  public static PodOrder ofSet(String podSpec, int index) {
    SetPlace place = new SetPlace("train", "net", "workers", 3, 2, 4, 1, "default", 4, 1);
    PodOrder of = of(podSpec);
    String setId = SetIds.set(UUID.randomUUID());
    GroupPart part = new GroupPart(new SpecRef(0, 0, "00"), 1, index, 1, 7, 3);
    JobSpec spec =
        new JobSpec(
            of.spec().job(),
            "someone",
            "",
            "default",
            0,
            Map.of("team", "a", "job-name", "mine"),
            Map.of("note", "b"),
            podSpec,
            Instant.now(),
            place);
    return new PodOrder(
        RunRequest.of(
            new JobIdentity(setId, "queue", "set", setId),
            new GroupStart(setId, 4, "", "armada", List.of(part)),
            RunMutations.NONE,
            Instant.now()),
        spec);
  }

  private static PodOrder of(
      String podSpec, RunMutations mutations, String namespace, String podName) {
    JobIdentity job = new JobIdentity(UUID.randomUUID().toString(), "queue", "set", null);
    return new PodOrder(
        new RunRequest(
            job,
            RunIdentity.of(job.jobId(), 0),
            new SpecRef(0, 0, "00"),
            podName.isEmpty() ? "armada-" + job.jobId() + "-0-0" : podName,
            mutations,
            Instant.now()),
        new JobSpec(
            job,
            "someone",
            "",
            namespace,
            0,
            Map.of("team", "a"),
            Map.of(),
            podSpec,
            Instant.now()));
  }

  /** A pod of one container that runs a shell script, with more fields of the container and pod. */
  public static String shell(String script, String containerFields, String podFields) {
    return "{\"containers\":[{\"name\":\"main\",\"image\":\"app:1\",\"command\":[\"sh\",\"-c\","
        + json(script)
        + "]"
        + containerFields
        + "}]"
        + podFields
        + "}";
  }

  /** A pod of one container that runs a shell script. */
  public static String shell(String script) {
    return shell(script, "", "");
  }

  /** A text as JSON. */
  public static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
