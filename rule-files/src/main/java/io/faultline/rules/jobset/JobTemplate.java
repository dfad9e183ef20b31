package io.faultline.rules.jobset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.rules.job.PodSpecReader;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The spec of a Kubernetes Job as a template in a set.
 *
 * @param pods how many pods, all at once
 * @param podSpec as JSON, with {@code restartPolicy: Never}: each attempt is a pod of its own
 */
record JobTemplate(
    int pods,
    JobLimits limits,
    Map<String, String> podLabels,
    Map<String, String> podAnnotations,
    String podSpec) {

  static final Map<String, String> UNSUPPORTED =
      Map.of(
          "backoffLimitPerIndex", "a Job has one limit for all its pods; use backoffLimit",
          "maxFailedIndexes", "a Job fails as a whole; use backoffLimit",
          "successPolicy", "a Job succeeds when all its pods have; leave it out",
          "selector", "pods are found by their run; leave it out",
          "manualSelector", "pods are found by their run; leave it out",
          "managedBy", "a set that is submitted here is managed here; leave it out");

  static JobTemplate read(YamlNode node) {
    YamlMap map = node.map();
    Unsupported.refuse(map, UNSUPPORTED);
    map.only(
        "parallelism",
        "completions",
        "completionMode",
        "backoffLimit",
        "podFailurePolicy",
        "activeDeadlineSeconds",
        "podReplacementPolicy",
        "suspend",
        "ttlSecondsAfterFinished",
        "template");
    map.find("completionMode").ifPresent(JobTemplate::indexed);
    map.find("podReplacementPolicy").ifPresent(JobTemplate::podReplacementPolicy);
    map.find("suspend").ifPresent(JobSetReader::suspend);
    map.find("ttlSecondsAfterFinished").ifPresent(n -> n.integer(0, Integer.MAX_VALUE));
    YamlMap template = map.require("template").looseMap();
    Optional<YamlMap> metadata = template.find("metadata").map(YamlNode::looseMap);
    YamlNode pod = template.require("spec");
    PodSpecReader.check(pod);
    Optional<YamlNode> policy = map.find("podFailurePolicy");
    restartPolicy(pod, policy.isPresent());
    ObjectNode never = (ObjectNode) YamlJson.of(pod);
    never.put("restartPolicy", "Never");
    return new JobTemplate(
        pods(map),
        limits(map, policy.map(n -> PodFailurePolicyReader.read(n, containers(pod)))),
        metadata.map(m -> Metadata.texts(m, "labels")).orElse(Map.of()),
        metadata.map(m -> Metadata.texts(m, "annotations")).orElse(Map.of()),
        never.toString());
  }

  private static JobLimits limits(YamlMap map, Optional<PodFailurePolicy> policy) {
    return new JobLimits(
        policy.orElse(PodFailurePolicy.NONE),
        map.find("backoffLimit")
            .map(n -> (int) n.integer(0, Integer.MAX_VALUE))
            .orElse(JobLimits.DEFAULT_BACKOFF_LIMIT),
        map.find("activeDeadlineSeconds")
            .map(n -> Duration.ofSeconds(n.integer(0, Integer.MAX_VALUE)))
            .orElse(null));
  }

  /** All pods of a Job run at once, since those of a set wait for each other. */
  private static int pods(YamlMap map) {
    Optional<YamlNode> parallelism = map.find("parallelism");
    Optional<YamlNode> completions = map.find("completions");
    int pods = ReplicatedJobReader.atLeastOne(completions);
    int atOnce = ReplicatedJobReader.atLeastOne(parallelism);
    if (pods != atOnce) {
      throw completions
          .or(() -> parallelism)
          .orElse(map.node())
          .problem(
              "completions and parallelism must be equal (1 where absent), and here are "
                  + pods
                  + " and "
                  + atOnce);
    }
    return pods;
  }

  private static void indexed(YamlNode node) {
    String mode = node.word("completionMode", List.of("Indexed", "NonIndexed"), word -> word);
    if (mode.equals("NonIndexed")) {
      throw Unsupported.problem(
          node, "completionMode NonIndexed", "pods of a set have an index; leave it out");
    }
  }

  private static void podReplacementPolicy(YamlNode node) {
    String policy =
        node.word("podReplacementPolicy", List.of("Failed", "TerminatingOrFailed"), word -> word);
    if (policy.equals("TerminatingOrFailed")) {
      throw Unsupported.problem(
          node,
          "podReplacementPolicy TerminatingOrFailed",
          "a pod is replaced once it has ended; write Failed, or leave it out");
    }
  }

  /** Absent is OnFailure, as JobSet has it: the restart is a new pod here, and counts as one. */
  private static void restartPolicy(YamlNode pod, boolean podFailurePolicy) {
    Optional<YamlNode> written = pod.map().find("restartPolicy");
    String policy = written.map(YamlNode::text).orElse("OnFailure");
    if (policy.equals("Always")) {
      throw Unsupported.problem(
          written.orElse(pod), "restartPolicy Always", "use Never or OnFailure");
    }
    if (podFailurePolicy && !policy.equals("Never")) {
      throw written
          .orElse(pod)
          .problem(
              "a Job with a podFailurePolicy needs restartPolicy: Never, and here it is "
                  + policy
                  + (written.isPresent() ? "" : ", as it is where absent"));
    }
  }

  private static Set<String> containers(YamlNode pod) {
    Set<String> names = new LinkedHashSet<>();
    Stream.of("containers", "initContainers")
        .flatMap(key -> pod.map().listOrEmpty(key).stream())
        .forEach(container -> names.add(container.map().require("name").text()));
    return names;
  }
}
