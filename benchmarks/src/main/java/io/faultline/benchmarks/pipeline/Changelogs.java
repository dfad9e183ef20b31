package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.CommittedReader;
import io.faultline.decider.DeciderSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The changelogs of the decider's stores, read as they grow. */
final class Changelogs implements AutoCloseable {

  private static final String PREFIX = "faultline-" + DeciderSettings.SERVICE + "-";
  private static final String SUFFIX = "-changelog";

  /** Under such a key a job's failure stands until its set is decided. */
  private static final String FAILURE = "failure/";

  private final Admin admin;
  private final CommittedReader reader;
  private final Map<String, Map<String, Integer>> sizes = new TreeMap<>();
  private int failures;

  /** Of a decider that has made its stores. */
  Changelogs(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    reader =
        new CommittedReader(
            bootstrapServers,
            admin.listTopics().names().toCompletionStage().toCompletableFuture().join().stream()
                .filter(Changelogs::isOne)
                .toArray(String[]::new));
  }

  private static boolean isOne(String topic) {
    return topic.startsWith(PREFIX) && topic.endsWith(SUFFIX);
  }

  /** Reads all that is there. */
  void read() {
    do {
      reader.poll(this::take);
    } while (!reader.atEnd());
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    String topic = record.topic();
    String store = topic.substring(PREFIX.length(), topic.length() - SUFFIX.length());
    Map<String, Integer> ofStore = sizes.computeIfAbsent(store, s -> new HashMap<>());
    String key = record.partition() + "/" + record.key();
    int size = record.serializedKeySize() + Math.max(0, record.serializedValueSize());
    Integer before = record.value() == null ? ofStore.remove(key) : ofStore.put(key, size);
    if (record.key().startsWith(FAILURE)) {
      failures += (record.value() == null ? 0 : 1) - (before == null ? 0 : 1);
    }
  }

  /** How many failures of jobs are kept, by what was read. */
  int failures() {
    return failures;
  }

  /** Bytes of each key's latest record, by store: what is left once all is compacted. */
  Map<String, Long> latest() {
    Map<String, Long> sums = new TreeMap<>();
    sizes.forEach(
        (store, all) -> sums.put(store, all.values().stream().mapToLong(size -> size).sum()));
    return sums;
  }

  /** Bytes on the broker now, older records of a key included as far as they are not compacted. */
  long written() {
    List<Integer> nodes =
        admin.describeCluster().nodes().toCompletionStage().toCompletableFuture().join().stream()
            .map(node -> node.id())
            .toList();
    return admin
        .describeLogDirs(nodes)
        .allDescriptions()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .values()
        .stream()
        .flatMap(folders -> folders.values().stream())
        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
        .filter(replica -> isOne(replica.getKey().topic()))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }
}
