package io.faultline.rules.group;

import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how often a set was started again, in the form of a JobSet's status. */
final class CountersReader {
  /** Far beyond any use, and far from where numbers end. */
  private static final int MOST = 1_000_000_000;

  private final GroupShape shape;
  private final Map<JobIndex, JobRestarts> jobs = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private CountersReader(GroupShape shape) {
    this.shape = shape;
  }

  static GroupCounters read(YamlNode status, GroupShape shape) {
    YamlMap map = status.map().only("restarts", "restartsCountTowardsMax", "replicatedJobsStatus");
    CountersReader reader = new CountersReader(shape);
    map.listOrEmpty("replicatedJobsStatus").forEach(reader::replicatedJob);
    return new GroupCounters(
        map.find("restarts").map(CountersReader::number).orElse(0),
        map.find("restartsCountTowardsMax").map(CountersReader::number).orElse(0),
        reader.jobs);
  }

  private void replicatedJob(YamlNode node) {
    YamlMap map = node.map().only("name", "jobRestarts", "jobRestartsCountTowardsMax");
    YamlNode name = map.require("name");
    ReplicatedJob job = shape.find(FailurePolicyRuleReader.replicatedJob(name, shape));
    if (!names.add(job.name())) {
      throw name.problem("the replicated job's name " + name.shown() + " is repeated");
    }
    List<Integer> restarts = numbers(map.find("jobRestarts"), job);
    List<Integer> counted = numbers(map.find("jobRestartsCountTowardsMax"), job);
    for (int i = 0; i < Math.max(restarts.size(), counted.size()); i++) {
      JobRestarts each = new JobRestarts(at(restarts, i), at(counted, i));
      if (!each.equals(JobRestarts.NONE)) {
        jobs.put(new JobIndex(job.name(), i), each);
      }
    }
  }

  private static List<Integer> numbers(Optional<YamlNode> node, ReplicatedJob job) {
    List<Integer> numbers = node.map(n -> n.list(CountersReader::number)).orElse(List.of());
    if (numbers.size() > job.replicas()) {
      throw node.orElseThrow()
          .problem(
              numbers.size()
                  + " numbers for the "
                  + job.replicas()
                  + " replicas of \""
                  + job.name()
                  + "\"");
    }
    return numbers;
  }

  private static int at(List<Integer> numbers, int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }

  private static int number(YamlNode node) {
    return (int) node.integer(0, MOST);
  }
}
