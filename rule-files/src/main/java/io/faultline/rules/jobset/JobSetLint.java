package io.faultline.rules.jobset;

import io.faultline.rules.group.FailurePolicyLint;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What in a manifest of JobSet has no effect here, or is hardly meant in its failure policy. */
public final class JobSetLint {

  private static final String TTL = "ttlSecondsAfterFinished";

  private JobSetLint() {}

  /**
   * The warnings, in the order of the file.
   *
   * @throws RuleFileException where the manifest is refused
   */
  public static List<LintWarning> of(YamlNode document) {
    JobSetReader.read(document);
    YamlNode spec = document.map().require("spec");
    List<LintWarning> warnings = new ArrayList<>();
    ttl(spec, warnings);
    for (YamlNode job : spec.map().listOrEmpty("replicatedJobs")) {
      ttl(job.map().require("template").map().require("spec"), warnings);
    }
    warnings.addAll(FailurePolicyLint.of(document));
    warnings.sort(Comparator.comparingInt(LintWarning::line).thenComparingInt(LintWarning::column));
    return List.copyOf(warnings);
  }

  private static void ttl(YamlNode spec, List<LintWarning> warnings) {
    spec.map()
        .find(TTL)
        .map(
            n ->
                LintWarning.at(
                    n,
                    TTL
                        + " has no effect: executor.kubernetes.keepFailed says how long pods are kept"))
        .ifPresent(warnings::add);
  }
}
