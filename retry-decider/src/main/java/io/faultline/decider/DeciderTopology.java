package io.faultline.decider;

import io.faultline.domain.job.JobState;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * One processor between five topics in and six out: a job's commands, reports and failures are
 * keyed alike, so they all come to the task that holds the job's state, and so do those of a set of
 * others.
 */
final class DeciderTopology {

  /** Every job that ever was, by job id. */
  static final String JOBS = "jobs";

  /** Which executor holds which job's run. */
  static final String LEASED_RUNS = "leased-runs";

  /** Which queue that is held back has which jobs whose run is not asked for. */
  static final String PARKED_RUNS = "parked-runs";

  /** Sets that have jobs, what they are, and their members. */
  static final String SETS = "sets";

  /** Sets of others: their generations, Jobs and pods that failed. */
  static final String WATCHED = "watched";

  /** For which jobs and sets there is something to do at which time. */
  static final String TIMERS = "timers";

  static final String EVENTS = "to-job-events";
  static final String REQUESTS = "to-run-requests";
  static final String EXECUTORS = "to-executor-commands";
  static final String DECISIONS = "to-decisions";
  static final String ERRORS = "to-job-errors";
  static final String SPECS = "to-job-specs";

  private static final String DECIDE = "decide";

  private DeciderTopology() {}

  /**
   * The topology.
   *
   * @param state the serde of a job's state
   * @param policyOfQueue the policies of a queue, as they are in force now
   * @param heldQueues whether a queue is held back now
   */
  static Topology of(
      DeciderSettings settings,
      Codecs codecs,
      Serde<JobState> state,
      Function<String, PolicyChoice> policyOfQueue,
      Predicate<String> heldQueues,
      DecisionLog decisions) {
    Topology topology = new Topology();
    source(topology, codecs, "job-commands", Topics.JOB_COMMANDS);
    source(topology, codecs, "run-reports", Topics.RUN_REPORTS);
    source(topology, codecs, "classified-errors", Topics.CLASSIFIED_ERRORS);
    source(topology, codecs, "heartbeats", Topics.HEARTBEATS);
    source(topology, codecs, "watched-failures", Topics.WATCHED_FAILURES);
    topology.addProcessor(
        DECIDE,
        () -> new JobProcessor(settings, policyOfQueue, heldQueues, decisions),
        "job-commands",
        "run-reports",
        "classified-errors",
        "heartbeats",
        "watched-failures");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(JOBS), Serdes.String(), state)
            .withCachingDisabled(),
        DECIDE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(LEASED_RUNS), Serdes.String(), Serdes.String())
            .withCachingDisabled(),
        DECIDE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(PARKED_RUNS), Serdes.String(), Serdes.String())
            .withCachingDisabled(),
        DECIDE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(TIMERS), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled(),
        DECIDE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(SETS), Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled(),
        DECIDE);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(WATCHED), Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled(),
        DECIDE);
    sink(topology, codecs, EVENTS, Topics.JOB_EVENTS);
    sink(topology, codecs, REQUESTS, Topics.RUN_REQUESTS);
    sink(topology, codecs, EXECUTORS, Topics.EXECUTOR_COMMANDS);
    sink(topology, codecs, DECISIONS, Topics.DECISIONS);
    sink(topology, codecs, ERRORS, Topics.JOB_ERRORS);
    topology.addSink(
        SPECS,
        Topics.JOB_SPECS.name(),
        Serdes.String().serializer(),
        SpecTombstone.serializer(),
        SpecTombstone.PARTITIONER,
        DECIDE);
    return topology;
  }

  private static <V> void source(Topology topology, Codecs codecs, String name, Topic<V> topic) {
    topology.addSource(
        name, Codecs.keys().deserializer(), codecs.serde(topic).deserializer(), topic.name());
  }

  private static <V> void sink(Topology topology, Codecs codecs, String name, Topic<V> topic) {
    topology.addSink(
        name, topic.name(), Codecs.keys().serializer(), codecs.serde(topic).serializer(), DECIDE);
  }
}
