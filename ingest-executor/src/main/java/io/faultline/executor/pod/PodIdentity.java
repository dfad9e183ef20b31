package io.faultline.executor.pod;

import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.workload.JobSetMember;
import io.faultline.domain.workload.JobSetPod;
import io.faultline.domain.workload.SetPlace;
import io.faultline.executor.cluster.PodOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who a pod is, to others and to itself, besides its name and what its spec says. Pods that are
 * made from one template differ in nothing else.
 *
 * @param labels its labels
 * @param annotations its annotations
 * @param hostname its host name; empty for that of its spec, or its name
 * @param subdomain of its host name; empty for that of its spec
 * @param variables of all its containers, but for those that a container sets itself
 */
public record PodIdentity(
    Map<String, String> labels,
    Map<String, String> annotations,
    String hostname,
    String subdomain,
    Map<String, String> variables) {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

  /**
   * The identity of what is ordered.
   *
   * @throws PodSpecException where it has no place in its template
   */
  public static PodIdentity of(PodOrder order) {
    JobSpec spec = order.spec();
    GroupStart group = order.request().group();
    if (group == null) {
      return new PodIdentity(spec.labels(), spec.annotations(), "", "", Map.of());
    }
    GroupPart part = group.parts().get(0);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("FAULTLINE_SET_ID", group.setId());
    variables.put("FAULTLINE_SET_INDEX", String.valueOf(part.first()));
    variables.put("FAULTLINE_GENERATION", String.valueOf(group.generation()));
    SetPlace place = spec.place();
    if (place == null) {
      size(spec).ifPresent(size -> variables.put("FAULTLINE_SET_SIZE", size));
      return new PodIdentity(spec.labels(), spec.annotations(), "", "", variables);
    }
    JobSetPod pod = pod(spec, place, part.first() - part.specFirst());
    variables.putAll(pod.environment());
    return new PodIdentity(
        pod.labels(group.generation(), part.attempt()),
        pod.annotations(group.generation(), part.attempt()),
        pod.hostname(),
        pod.subdomain(),
        variables);
  }

  private static JobSetPod pod(JobSpec spec, SetPlace place, int index) {
    if (index < 0 || place.pods() < 1 || index / place.pods() >= place.replicas()) {
      throw new PodSpecException(
          "pod " + index + " of the replicated job " + place.replicatedJob(),
          "is none; allowed: " + place.replicas() + " replicas of " + place.pods() + " pods");
    }
    int replica = index / place.pods();
    return new JobSetPod(
        new JobSetMember(place, spec.labels(), spec.annotations(), replica), index % place.pods());
  }

  /** How many jobs a gang has, as each of them says itself. */
  private static Optional<String> size(JobSpec spec) {
    return Stream.of("armadaproject.io/", "faultline.io/")
        .map(prefix -> spec.annotations().get(prefix + "gangCardinality"))
        .filter(Objects::nonNull)
        .filter(NUMBER.asMatchPredicate())
        .findFirst();
  }
}
