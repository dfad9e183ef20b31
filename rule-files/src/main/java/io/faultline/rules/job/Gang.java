package io.faultline.rules.job;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.set.SetDefinition;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * Jobs of a job file that stand or fall together.
 *
 * @param id as written
 * @param members which jobs of the file they are, from 0, in the order of the file
 * @param templates what they are made from, in the same order
 * @param failFast whether the first failure ends all of them
 * @param failurePolicy what becomes of them when members fail, as JSON; empty where the queue's
 *     retry policies say it
 */
public record Gang(
    String id,
    List<Integer> members,
    List<Template> templates,
    boolean failFast,
    Optional<String> failurePolicy) {

  /** More make a set's definition too long. */
  public static final int MOST_TEMPLATES = 2_000;

  /** Copies the lists. */
  public Gang {
    members = List.copyOf(members);
    templates = List.copyOf(templates);
  }

  /**
   * Members next to each other that are alike in all but their clientId.
   *
   * @param job the first of them
   * @param count how many
   */
  public record Template(JobSubmission job, int count) {}

  /**
   * Reads the failure policy of a gang.
   *
   * @param members how many it has
   * @throws RuleFileException where it is refused, with the place
   */
  public static FailurePolicy failurePolicy(YamlNode policy, int members) {
    ReplicatedJob all = new ReplicatedJob(SetDefinition.GANG_MEMBERS, members);
    return FailurePolicyReader.read(policy, Optional.of(new GroupShape(List.of(all))));
  }
}
