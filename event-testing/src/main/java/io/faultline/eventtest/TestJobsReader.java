package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.eventtest.TestJobs.Cancel;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the jobs of a test file, and what is done to them. Armada's files are read as they are;
 * what Faultline has no counterpart of is refused by name, for a test that leaves it out would
 * prove something else.
 */
public final class TestJobsReader {

  private static final int MOST_JOBS = 100_000;

  private static final List<String> READ =
      List.of(
          "queue",
          "jobSetId",
          "numBatches",
          "batchSize",
          "interval",
          "jobs",
          "randomClientId",
          "queueConfig",
          "action",
          "selection",
          "triggerEvent",
          "cancel",
          "cancelSet",
          "cancelJobSet");

  /** What changes nothing of the jobs: how results are labelled, whose logs are fetched. */
  private static final List<String> READ_PAST =
      List.of("name", "getLogs", "environment", "target", "executor");

  /** What can't be done here, and why. */
  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  static {
    String node = "there are no commands on a node's jobs";
    String preempt = "there is no command that preempts a job";
    REFUSED.put("preempt", preempt);
    REFUSED.put("preemptReason", preempt);
    REFUSED.put("newPriority", "jobs have no priority that could change");
    REFUSED.put("cancelOnNode", node);
    REFUSED.put("preemptOnNode", node);
    REFUSED.put("nodePoolTag", node);
    REFUSED.put(
        "config", "a test can't change an executor's settings; write the categories it needs");
    REFUSED.put("authContext", "a test runs under the one token that the command has");
    REFUSED.put("expectedErrorCode", "a call that the server refuses ends the test");
  }

  /** All of them. */
  static final List<String> KEYS =
      Stream.of(READ, READ_PAST, REFUSED.keySet()).flatMap(Collection::stream).toList();

  private TestJobsReader() {}

  /**
   * Reads a file of one or two documents.
   *
   * @param name the job set's name where the file has none
   * @throws RuleFileException where it has no jobs, or something that can't be done here
   */
  public static TestJobs read(YamlFile file, String name) {
    List<YamlMap> maps = EventTestReader.documents(file);
    // what can't be done at all is said first
    Optional<Cancel> cancel = cancel(maps);
    REFUSED.forEach(
        (key, why) ->
            EventTestReader.written(maps, key)
                .ifPresent(
                    node -> {
                      throw node.problem("can't be done here: " + why);
                    }));
    Optional<YamlMap> queueSetup = queueSetup(maps);
    YamlNode jobs = require(maps, "jobs");
    if (jobs.list().isEmpty()) {
      throw jobs.problem("at least one job is expected");
    }
    TestJobs test =
        new TestJobs(
            require(maps, "queue").text(),
            flag(queueSetup, "create"),
            flag(queueSetup, "randomSuffix"),
            EventTestReader.find(maps, "jobSetId").map(YamlNode::text).orElse(name),
            number(maps, "numBatches"),
            number(maps, "batchSize"),
            EventTestReader.find(maps, "interval")
                .map(ExpectedEventReader::duration)
                .orElse(Duration.ZERO),
            EventTestReader.find(maps, "randomClientId").map(YamlNode::bool).orElse(false),
            jobs.list(TestJobsReader::job),
            cancel.orElse(null));
    if ((long) test.batches() * test.batchSize() * test.jobs().size() > MOST_JOBS) {
      throw jobs.problem("at most " + MOST_JOBS + " jobs in all are allowed");
    }
    return test;
  }

  private static JsonNode job(YamlNode node) {
    node.map();
    return YamlJson.of(node);
  }

  private static YamlNode require(List<YamlMap> maps, String key) {
    return EventTestReader.find(maps, key)
        .orElseThrow(() -> maps.get(0).node().problem("the key \"" + key + "\" is missing"));
  }

  private static int number(List<YamlMap> maps, String key) {
    return EventTestReader.find(maps, key).map(n -> (int) n.integer(1, MOST_JOBS)).orElse(1);
  }

  private static Optional<YamlMap> queueSetup(List<YamlMap> maps) {
    return EventTestReader.find(maps, "queueConfig")
        .map(config -> config.map().only("setup"))
        .flatMap(config -> config.find("setup"))
        .map(setup -> setup.map().only("create", "randomSuffix"));
  }

  private static boolean flag(Optional<YamlMap> map, String key) {
    return map.flatMap(m -> m.find(key)).map(YamlNode::bool).orElse(false);
  }

  private static Optional<Cancel> cancel(List<YamlMap> maps) {
    EventKind trigger =
        EventTestReader.find(maps, "triggerEvent")
            .map(node -> ExpectedEventReader.kind(node, node.text()))
            // elsewhere a job is queued once it is submitted; here nothing comes between
            .filter(kind -> kind != EventKind.QUEUED)
            .orElse(EventKind.SUBMITTED);
    for (String key : List.of("cancelSet", "cancelJobSet")) {
      Optional<YamlNode> set = EventTestReader.written(maps, key);
      if (set.isPresent()) {
        return Optional.of(new Cancel(true, trigger, again(set.get())));
      }
    }
    Optional<YamlNode> cancel = EventTestReader.written(maps, "cancel");
    if (cancel.isPresent()) {
      return Optional.of(new Cancel(bySet(cancel.get()), trigger, false));
    }
    return EventTestReader.find(maps, "action")
        .filter(node -> !node.text().equals("ACTION_NONE"))
        .map(node -> new Cancel(action(node, maps), trigger, false));
  }

  private static boolean again(YamlNode set) {
    return !set.isNull()
        && flag(
            Optional.of(set.map().only("request", "assertInactiveSucceeds")),
            "assertInactiveSucceeds");
  }

  /** Written as a word, or as a call of the API, which is by id. */
  private static boolean bySet(YamlNode cancel) {
    if (cancel.isNull() || cancel.type() == YamlNode.Type.MAP) {
      return false;
    }
    return cancel
        .word("way to cancel", List.of("BY_ID", "BY_IDS", "BY_SET"), w -> w)
        .equals("BY_SET");
  }

  private static boolean action(YamlNode action, List<YamlMap> maps) {
    switch (action.text()) {
      case "ACTION_CANCEL" -> {}
      case "ACTION_PREEMPT" ->
          throw action.problem("can't be done here: " + REFUSED.get("preempt"));
      case "ACTION_REPRIORITIZE" ->
          throw action.problem("can't be done here: " + REFUSED.get("newPriority"));
      default ->
          throw action.problem(
              action.shown() + " is no action; allowed: ACTION_NONE, ACTION_CANCEL");
    }
    return require(maps, "selection")
        .word(
            "selection", List.of("SELECTION_BY_ID", "SELECTION_BY_IDS", "SELECTION_BY_SET"), w -> w)
        .equals("SELECTION_BY_SET");
  }
}
