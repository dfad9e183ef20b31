package io.faultline.executor.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.job.JobSpec;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.pod.PodIdentity;
import io.faultline.executor.pod.PodSpecException;
import io.faultline.executor.pod.RestartPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes pods of orders. The API server judges what it is sent; here only what it would not say, or
 * what we would change without being asked, is refused.
 *
 * @param executor whose pods they are
 * @param nodes keeps pods off nodes
 * @param kubernetes reads pod specs
 */
record PodMaker(String executor, OtherNodes nodes, KubernetesSerialization kubernetes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The pod of a run. */
  Pod make(PodOrder order) throws PodRefused {
    try {
      PodSpec spec = spec(order);
      nodes.add(spec, order.request().mutations());
      spec.setRestartPolicy("Never");
      PodIdentity identity = PodIdentity.of(order);
      identify(spec, identity);
      Pod pod = new Pod();
      pod.setMetadata(PodMarks.of(order, identity, executor));
      pod.setSpec(spec);
      return pod;
    } catch (PodSpecException e) {
      throw new PodRefused(Why.NEVER, e.getMessage());
    }
  }

  /** What a pod that was made here takes of the room. */
  static Room needs(Pod made) throws PodRefused {
    try {
      return PodResources.needs(made.getSpec());
    } catch (PodSpecException e) {
      throw new PodRefused(Why.NEVER, e.getMessage());
    }
  }

  private static void identify(PodSpec spec, PodIdentity identity) {
    if (!identity.hostname().isEmpty()) {
      spec.setHostname(identity.hostname());
    }
    if (!identity.subdomain().isEmpty()) {
      spec.setSubdomain(identity.subdomain());
    }
    Stream.of(spec.getInitContainers(), spec.getContainers())
        .flatMap(List::stream)
        .forEach(container -> container.setEnv(with(identity.variables(), container.getEnv())));
  }

  /** A container's own variables, and before them, so that they may refer to them, the others. */
  private static List<EnvVar> with(Map<String, String> variables, @Nullable List<EnvVar> own) {
    List<EnvVar> all = new ArrayList<>();
    List<EnvVar> given = own == null ? List.of() : own;
    variables.forEach((name, value) -> all.add(new EnvVar(name, value, null)));
    all.removeIf(ours -> given.stream().anyMatch(env -> ours.getName().equals(env.getName())));
    all.addAll(given);
    return all;
  }

  private PodSpec spec(PodOrder order) {
    String json = order.spec().podSpec();
    check(order.spec());
    PodSpec spec;
    try {
      spec = kubernetes.unmarshal(json, PodSpec.class);
    } catch (RuntimeException e) {
      throw new PodSpecException("spec", "is no pod spec: " + rootMessage(e));
    }
    if (spec.getInitContainers() == null) {
      spec.setInitContainers(List.of());
    }
    PodResources.grow(spec, order.request().mutations());
    return spec;
  }

  private static void check(JobSpec spec) {
    JsonNode root;
    try {
      root = JSON.readTree(spec.podSpec());
    } catch (JsonProcessingException e) {
      throw new PodSpecException("spec", "is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new PodSpecException("spec", "is no object; allowed: an object with containers");
    }
    if (!root.path("containers").isArray() || root.path("containers").isEmpty()) {
      throw new PodSpecException("spec.containers", "is empty; allowed: at least one container");
    }
    String restart = root.path("restartPolicy").asText("Never");
    if (!RestartPolicies.allows(spec, restart)) {
      throw new PodSpecException(
          "spec.restartPolicy", "'" + restart + "'; allowed: " + RestartPolicies.allowed(spec));
    }
    refuseNullItems("spec", root);
  }

  /** A field that is null is as good as absent, to Kubernetes too; an item of a list is not. */
  private static void refuseNullItems(String place, JsonNode node) {
    node.forEachEntry((name, field) -> refuseNullItems(place + "." + name, field));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      String item = place + "[" + i + "]";
      if (node.get(i).isNull()) {
        throw new PodSpecException(item, "is null; allowed: any item but null");
      }
      refuseNullItems(item, node.get(i));
    }
  }

  private static String rootMessage(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
