package io.faultline.rules.jobset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.workload.JobSetSpec;
import io.faultline.rules.group.PolicySize;
import io.faultline.rules.job.Gang;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * A manifest of JobSet to be submitted.
 *
 * @param queue the queue it goes to
 * @param jobSet the job set that its jobs belong to
 * @param set what it describes
 * @param manifest the same as JSON, without its status
 * @param failurePolicy its failure policy as it is written, as JSON; empty where there is none
 */
public record JobSetSubmission(
    String queue, String jobSet, JobSetSpec set, String manifest, Optional<String> failurePolicy) {

  /** Where Kueue has the name of a queue. */
  public static final String KUEUE_LABEL = "kueue.x-k8s.io/queue-name";

  /** Our own label or annotation of the same meaning. */
  public static final String QUEUE = "faultline.io/queue";

  /** The annotation that names the job set; it is called as the manifest is where it is absent. */
  public static final String JOB_SET = "faultline.io/jobSet";

  /**
   * Reads a manifest.
   *
   * @param queue the queue; where empty the manifest has to name it
   * @param jobSet the job set; where empty the manifest may name it
   * @throws RuleFileException where it is refused, with the place
   */
  public static JobSetSubmission read(
      YamlNode document, Optional<String> queue, Optional<String> jobSet) {
    JobSetSpec set = JobSetReader.read(document);
    YamlNode spec = document.map().require("spec");
    checkSize(spec, set);
    YamlMap metadata = document.map().require("metadata").looseMap();
    Optional<YamlMap> labels = texts(metadata, "labels");
    Optional<YamlMap> annotations = texts(metadata, "annotations");
    ObjectNode manifest = (ObjectNode) YamlJson.of(document);
    manifest.remove("status");
    return new JobSetSubmission(
        queue
            .or(() -> queue(labels, annotations))
            .orElseThrow(
                () ->
                    metadata
                        .node()
                        .problem(
                            "no queue is named; give it with the request, or as label "
                                + KUEUE_LABEL
                                + ", or as label or annotation "
                                + QUEUE)),
        jobSet
            .or(() -> annotations.flatMap(map -> map.find(JOB_SET)).map(JobFile::jobSet))
            .orElse(set.name()),
        set,
        manifest.toString(),
        spec.map().find("failurePolicy").map(policy -> YamlJson.of(policy).toString()));
  }

  /** A set's definition, without its pod templates, is one record on a topic. */
  private static void checkSize(YamlNode spec, JobSetSpec set) {
    if (set.replicatedJobs().size() > Gang.MOST_TEMPLATES) {
      throw spec.map()
          .require("replicatedJobs")
          .problem(
              "here are "
                  + set.replicatedJobs().size()
                  + " replicated jobs; allowed: "
                  + Gang.MOST_TEMPLATES);
    }
    long policies = length(spec.map(), "failurePolicy");
    for (YamlNode job : spec.map().listOrEmpty("replicatedJobs")) {
      YamlMap template = job.map().require("template").map();
      policies += length(template.require("spec").map(), "podFailurePolicy");
    }
    PolicySize.check(spec, policies);
  }

  private static long length(YamlMap map, String key) {
    return map.find(key).map(node -> YamlJson.of(node).toString().length()).orElse(0);
  }

  private static Optional<YamlMap> texts(YamlMap metadata, String key) {
    return metadata.find(key).map(YamlNode::map);
  }

  /** All that name one must name the same. */
  private static Optional<String> queue(Optional<YamlMap> labels, Optional<YamlMap> annotations) {
    List<YamlNode> named =
        List.of(
                labels.flatMap(map -> map.find(KUEUE_LABEL)),
                labels.flatMap(map -> map.find(QUEUE)),
                annotations.flatMap(map -> map.find(QUEUE)))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    for (YamlNode other : named) {
      if (!other.text().equals(named.get(0).text())) {
        throw other.problem(
            "the queue is " + other.shown() + " here and " + named.get(0).shown() + " elsewhere");
      }
    }
    return named.stream().findFirst().map(QueueReader::name);
  }
}
