package io.faultline.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which stores are being read from their changelogs now; the topology is not ready before that. */
final class RestoreProgress implements StateRestoreListener {

  private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);

  private final String service;
  private final Set<String> restoring = ConcurrentHashMap.newKeySet();

  RestoreProgress(String service) {
    this.service = service;
  }

  boolean done() {
    return restoring.isEmpty();
  }

  @Override
  public void onRestoreStart(
      TopicPartition partition, String store, long startingOffset, long endingOffset) {
    restoring.add(partition + "/" + store);
    if (endingOffset > startingOffset) {
      log.atInfo()
          .setMessage("store restores")
          .addKeyValue("service", service)
          .addKeyValue("store", store)
          .addKeyValue("partition", partition.partition())
          .addKeyValue("records", endingOffset - startingOffset)
          .log();
    }
  }

  @Override
  public void onBatchRestored(
      TopicPartition partition, String store, long batchEndOffset, long numRestored) {}

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
    restoring.remove(partition + "/" + store);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
    restoring.remove(partition + "/" + store);
  }
}
