package io.faultline.server.submit;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.JobSetSpec;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.rules.job.Gang;
import io.faultline.rules.jobset.JobSetReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import io.faultline.server.control.AcceptedSet;
import io.faultline.server.control.AcceptedTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sets are, from what is kept of them: their documents are read once more. */
final class SetDefinitions {

  /** What a gang's member survives: nothing, since each end of it is decided about. */
  private static final JobLimits OF_A_MEMBER = new JobLimits(PodFailurePolicy.NONE, 0, null);

  private SetDefinitions() {}

  /**
   * The definition of a set.
   *
   * @param refs where the specs of its templates stand, by the id of their first job
   */
  static SetDefinition of(AcceptedSet set, Map<String, SpecRef> refs) {
    JobSetSpec jobSet = set.manifest() == null ? null : JobSetReader.read(document(set.manifest()));
    List<SetTemplate> templates = new ArrayList<>();
    for (AcceptedTemplate template : set.templates()) {
      templates.add(
          new SetTemplate(
              refs.get(template.first().spec().job().jobId()),
              template.replicatedJob(),
              template.replicas(),
              template.pods(),
              jobSet == null
                  ? OF_A_MEMBER
                  : jobSet.replicatedJobs().get(templates.size()).limits()));
    }
    return new SetDefinition(
        set.name(), jobSet == null, templates, failurePolicy(set, jobSet), set.failFast());
  }

  private static @Nullable FailurePolicy failurePolicy(
      AcceptedSet set, @Nullable JobSetSpec jobSet) {
    if (jobSet != null) {
      return jobSet.failurePolicy();
    }
    return set.failurePolicy() == null
        ? null
        : Gang.failurePolicy(document(set.failurePolicy()), set.jobs());
  }

  private static YamlNode document(String json) {
    return YamlFile.read("kept", json).single();
  }
}
