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
 */
public record JobFile(String queue, String jobSet, List<JobSubmission> jobs) {
  private static final int LONGEST_JOB_SET = 255;

  /** Copies the list. */
  public JobFile {
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads a job file.
   *
   * @throws RuleFileException where it is not one, with the place
   */
  public static JobFile read(YamlNode document) {
    YamlMap map = document.map().only("queue", "jobSetId", "jobs");
    YamlNode jobs = map.require("jobs");
    if (jobs.list().isEmpty()) {
      throw jobs.problem("at least one job is expected");
    }
    return new JobFile(
        QueueReader.name(map.require("queue")),
        line(map.require("jobSetId"), LONGEST_JOB_SET),
        jobs.list(JobReader::read));
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
