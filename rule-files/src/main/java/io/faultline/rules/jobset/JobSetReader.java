package io.faultline.rules.jobset;

import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.workload.JobSetSpec;
import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a manifest of JobSet as it is. Its metadata, status and pod templates are Kubernetes' own
 * and what is unknown in them is read past; elsewhere an unknown key is refused.
 */
public final class JobSetReader {

  /** What {@code kind} says of such a manifest. */
  public static final String KIND = FailurePolicyReader.KIND;

  /** Gangs have no more members either. */
  private static final int MOST_PODS = 100_000;

  private static final String ITS_CONTROLLER = "jobset.sigs.k8s.io/jobset-controller";

  static final Map<String, String> UNSUPPORTED =
      Map.of(
          "coordinator",
          "leave it out, and give the coordinator's host name to those who need it",
          "volumeClaimPolicies",
          "no claims are made for a set; make them before, and name them in the pod template");

  private JobSetReader() {}

  /**
   * Reads a manifest.
   *
   * @throws RuleFileException where it is refused, with the place
   */
  public static JobSetSpec read(YamlNode document) {
    YamlMap map = document.map().only("apiVersion", "kind", "metadata", "spec", "status");
    map.require("apiVersion")
        .word("apiVersion", List.of(FailurePolicyReader.API_VERSION), version -> version);
    map.require("kind").word("kind", List.of(KIND), kind -> kind);
    YamlMap metadata = map.require("metadata").looseMap();
    YamlMap spec = spec(map.require("spec").map());
    List<ReplicatedJobSpec> jobs = replicatedJobs(spec.require("replicatedJobs"));
    SetNames.check(metadata, jobs);
    Metadata.refuseExclusivePlacement(metadata);
    String name = metadata.require("name").text();
    return new JobSetSpec(
        metadata.find("namespace").map(ResourceHead::dnsLabel).orElse("default"),
        name,
        Metadata.texts(metadata, "labels"),
        Metadata.texts(metadata, "annotations"),
        jobs,
        spec.find("failurePolicy")
            .map(policy -> FailurePolicyReader.read(policy, Optional.of(shape(jobs))))
            .orElse(null),
        subdomain(spec.find("network").map(YamlNode::map), name));
  }

  /** What JobSet itself writes where nothing else is meant is accepted, and nothing else. */
  private static YamlMap spec(YamlMap spec) {
    Unsupported.refuse(spec, UNSUPPORTED);
    spec.only(
        "replicatedJobs",
        "failurePolicy",
        "network",
        "successPolicy",
        "startupPolicy",
        "suspend",
        "managedBy",
        "ttlSecondsAfterFinished");
    spec.find("successPolicy").ifPresent(JobSetReader::successPolicy);
    spec.find("startupPolicy").ifPresent(JobSetReader::startupPolicy);
    spec.find("suspend").ifPresent(JobSetReader::suspend);
    spec.find("managedBy").ifPresent(JobSetReader::managedBy);
    spec.find("ttlSecondsAfterFinished").ifPresent(n -> n.integer(0, Integer.MAX_VALUE));
    return spec;
  }

  private static void successPolicy(YamlNode node) {
    YamlMap map = node.map().only("operator", "targetReplicatedJobs");
    String operator = map.require("operator").word("operator", List.of("All", "Any"), word -> word);
    if (operator.equals("Any") || !map.listOrEmpty("targetReplicatedJobs").isEmpty()) {
      throw Unsupported.problem(
          node, "successPolicy", "a set succeeds when all its jobs have; leave it out");
    }
  }

  private static void startupPolicy(YamlNode node) {
    YamlNode order = node.map().only("startupPolicyOrder").require("startupPolicyOrder");
    if (order.word("order", List.of("AnyOrder", "InOrder"), word -> word).equals("InOrder")) {
      throw Unsupported.problem(
          order, "startupPolicy InOrder", "the jobs of a set start together; leave it out");
    }
  }

  static void suspend(YamlNode node) {
    if (node.bool()) {
      throw Unsupported.problem(
          node, "suspend: true", "leave it out, and cordon the queue instead");
    }
  }

  private static void managedBy(YamlNode node) {
    if (!node.text().equals(ITS_CONTROLLER)) {
      throw Unsupported.problem(
          node,
          "managedBy " + node.shown(),
          "a set that is submitted here is managed here; leave it out");
    }
  }

  private static List<ReplicatedJobSpec> replicatedJobs(YamlNode node) {
    if (node.list().isEmpty()) {
      throw node.problem("at least one replicated job is expected");
    }
    List<ReplicatedJobSpec> jobs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long pods = 0;
    for (YamlNode item : node.list()) {
      ReplicatedJobSpec job = ReplicatedJobReader.read(item);
      if (!names.add(job.name())) {
        YamlNode name = item.map().require("name");
        throw name.problem("the replicated job's name " + name.shown() + " is repeated");
      }
      pods += (long) job.replicas() * job.pods();
      if (pods > MOST_PODS) {
        throw item.problem("with these the set has " + pods + " pods; allowed: " + MOST_PODS);
      }
      jobs.add(job);
    }
    return List.copyOf(jobs);
  }

  /** As a failure policy sees the jobs. */
  private static GroupShape shape(List<ReplicatedJobSpec> jobs) {
    return new GroupShape(
        jobs.stream().map(job -> new ReplicatedJob(job.name(), job.replicas())).toList());
  }

  private static String subdomain(Optional<YamlMap> network, String name) {
    if (network.isEmpty()) {
      return name;
    }
    YamlMap map = network.get().only("enableDNSHostnames", "subdomain", "publishNotReadyAddresses");
    map.find("publishNotReadyAddresses").ifPresent(YamlNode::bool);
    String subdomain = map.find("subdomain").map(SetNames::dns1035).orElse(name);
    return map.find("enableDNSHostnames").map(YamlNode::bool).orElse(true) ? subdomain : "";
  }
}
