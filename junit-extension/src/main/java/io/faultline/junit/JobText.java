package io.faultline.junit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Jobs as a test writes them.
 *
 * @param queue where they go
 * @param jobSet the name that the text has for their job set; empty where it has none
 * @param document all of it
 */
record JobText(String queue, Optional<String> jobSet, YamlNode document) {

  /**
   * Reads a text.
   *
   * @param name what messages call it
   * @throws RuleFileException where it is no job file, with the place
   */
  static JobText of(String name, String text) {
    return of(YamlFile.read(name, text));
  }

  /**
   * Reads a file.
   *
   * @throws RuleFileException where it is no job file, with the place
   * @throws UncheckedIOException where it can't be read
   */
  static JobText read(Path file) {
    try {
      return of(YamlFile.read(file.toString(), Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the job file " + file, e);
    }
  }

  private static JobText of(YamlFile file) {
    YamlNode document = file.single();
    YamlMap map = document.map();
    Optional<String> jobSet = map.find("jobSetId").map(YamlNode::text);
    if (jobSet.isPresent()) {
      JobFile.read(document); // else the server says what is wrong with it
    }
    return new JobText(map.require("queue").text(), jobSet, document);
  }

  /** What is submitted, under the name that the job set really has. */
  ObjectNode as(String realJobSet) {
    ObjectNode json = (ObjectNode) YamlJson.of(document);
    return json.put("jobSetId", realJobSet);
  }
}
