package io.faultline.rules.jobset;

import io.faultline.domain.workload.JobSetSpec;
import io.faultline.rules.yaml.YamlNode;
import java.util.Optional;

/**
 * A JobSet's manifest as it is read.
 *
 * @param spec the set, all but its failure policy
 * @param failurePolicy what stands under {@code spec.failurePolicy}, not read yet; empty where the
 *     set has none, and fails with its first Job
 */
public record JobSetManifest(JobSetSpec spec, Optional<YamlNode> failurePolicy) {}
