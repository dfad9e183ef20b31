package io.faultline.rules.job;

import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;

/**
 * Jobs to be submitted together.
 *
 * @param queue the queue they go to
 * @param jobSet the job set they belong to
 * @param jobs in the order of the file, at least one
 * @param gangs those of them that stand or fall together
 */
public record JobFile(String queue, String jobSet, List<JobSubmission> jobs, List<Gang> gangs) {
  /** How long the name of a job set can be. */
  public static final int LONGEST_JOB_SET = 255;

  /** Copies the lists. */
  public JobFile {
    jobs = List.copyOf(jobs);
    gangs = List.copyOf(gangs);
  }

  /**
   * Reads a job file.
   *
   * @throws RuleFileException where it is not one, with the place
   */
  public static JobFile read(YamlNode document) {
    YamlMap map = document.map().only("queue", "jobSetId", "jobs", "failurePolicy");
    YamlNode nodes = map.require("jobs");
    if (nodes.list().isEmpty()) {
      throw nodes.problem("at least one job is expected");
    }
    String queue = QueueReader.name(map.require("queue"));
    String jobSet = jobSet(map.require("jobSetId"));
    List<JobSubmission> jobs = nodes.list(JobReader::read);
    return new JobFile(
        queue, jobSet, jobs, new GangReader(nodes.list(), jobs, map.find("failurePolicy")).read());
  }

  /** The name of a job set: 1 to 255 characters on one line. */
  public static String jobSet(YamlNode node) {
    return line(node, LONGEST_JOB_SET);
  }

  /** Text on one line that is not empty. */
  static String line(YamlNode node, int longest) {
    String text = node.text();
    if (text.isEmpty()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw node.problem(
          "1 to " + longest + " characters on one line are expected, not " + node.shown());
    }
    return text;
  }
}
