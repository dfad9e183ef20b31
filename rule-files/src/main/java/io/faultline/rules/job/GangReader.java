package io.faultline.rules.job;

import io.faultline.rules.group.PolicySize;
import io.faultline.rules.job.Gang.Template;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the gangs among the jobs of a file, each of which must be whole. */
final class GangReader {

  private final List<YamlNode> nodes;
  private final List<JobSubmission> jobs;
  private final Optional<YamlNode> failurePolicy;

  /**
   * @param nodes of the jobs
   * @param jobs the same, read
   * @param failurePolicy of each gang of the file
   */
  GangReader(List<YamlNode> nodes, List<JobSubmission> jobs, Optional<YamlNode> failurePolicy) {
    this.nodes = nodes;
    this.jobs = jobs;
    this.failurePolicy = failurePolicy;
  }

  /** In the order of their first members; one that is meant to have one member is none. */
  List<Gang> read() {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      int place = i;
      jobs.get(i)
          .gangId()
          .ifPresent(id -> members.computeIfAbsent(id, k -> new ArrayList<>()).add(place));
    }
    members.forEach(this::checkWhole);
    List<Gang> gangs =
        members.entrySet().stream()
            .filter(gang -> gang.getValue().size() > 1)
            .map(gang -> gang(gang.getKey(), gang.getValue()))
            .toList();
    if (failurePolicy.isPresent() && gangs.isEmpty()) {
      throw failurePolicy
          .get()
          .problem(
              "a failure policy is for gangs, and here is none with two jobs or more; the retry"
                  + " policies of the queue say what becomes of a job");
    }
    return gangs;
  }

  private void checkWhole(String id, List<Integer> members) {
    int first = members.get(0);
    JobSubmission one = jobs.get(first);
    for (int place : members) {
      JobSubmission other = jobs.get(place);
      if (other.gangCardinality() != one.gangCardinality()) {
        throw differs(id, place, "gangCardinality", other.gangCardinality(), one.gangCardinality());
      }
      if (other.failFast() != one.failFast()) {
        throw differs(id, place, "failFast", other.failFast(), one.failFast());
      }
    }
    int expected = one.gangCardinality();
    if (members.size() != expected) {
      YamlNode at = nodes.get(members.size() > expected ? members.get(expected) : first);
      throw at.problem(
          "gang \"%s\" has %d jobs here, and gangCardinality is \"%d\"; a gang is whole in one file"
              .formatted(id, members.size(), expected));
    }
  }

  private RuntimeException differs(String id, int place, String what, Object here, Object first) {
    return nodes
        .get(place)
        .problem(
            "gang \"%s\" has %s \"%s\" here and \"%s\" before; its jobs must agree"
                .formatted(id, what, here, first));
  }

  private Gang gang(String id, List<Integer> members) {
    failurePolicy.ifPresent(
        policy -> {
          Gang.failurePolicy(policy, members.size());
          PolicySize.check(policy, YamlJson.of(policy).toString().length());
        });
    return new Gang(
        id,
        members,
        templates(id, members),
        jobs.get(members.get(0)).failFast(),
        failurePolicy.map(policy -> YamlJson.of(policy).toString()));
  }

  private List<Template> templates(String id, List<Integer> members) {
    List<Template> templates = new ArrayList<>();
    for (int place : members) {
      JobSubmission job = jobs.get(place);
      int last = templates.size() - 1;
      if (last >= 0 && templates.get(last).job().isAlike(job)) {
        Template same = templates.get(last);
        templates.set(last, new Template(same.job(), same.count() + 1));
      } else if (templates.size() == Gang.MOST_TEMPLATES) {
        throw nodes
            .get(place)
            .problem(
                "gang \"%s\" has more than %d kinds of jobs up to here; put those next to each other that differ in nothing but clientId"
                    .formatted(id, Gang.MOST_TEMPLATES));
      } else {
        templates.add(new Template(job, 1));
      }
    }
    return templates;
  }
}
