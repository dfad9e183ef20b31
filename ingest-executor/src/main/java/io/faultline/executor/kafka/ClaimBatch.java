package io.faultline.executor.kafka;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunState;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.schemas.UndecodableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is to become of each request of one poll; one transaction carries it out. */
final class ClaimBatch {

  /** A run to be made once the transaction is committed. */
  record Claimed(Lease lease, PodOrder order) {}

  /** A run that ends with its claim; no evidence says that its job has ended already. */
  private record Ended(Lease lease, String namespace, @Nullable Evidence evidence) {}

  private record DeadLetter(ConsumerRecord<byte[], byte[]> record, UndecodableException why) {}

  private final List<Claimed> claimed = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private final List<Lease> deferred = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> putBack = new ArrayList<>();
  private final List<DeadLetter> dead = new ArrayList<>();
  private final Map<TopicPartition, ConsumerRecord<byte[], byte[]>> left = new LinkedHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  void claim(Lease lease, PodOrder order) {
    claimed.add(new Claimed(lease, order));
  }

  /** It can't be run: its claim is its end. */
  void refuse(Lease lease, String namespace, Evidence evidence) {
    ended.add(new Ended(lease, namespace, evidence));
  }

  /** Its spec is gone, since its job has ended. */
  void gone(Lease lease) {
    ended.add(new Ended(lease, "", null));
  }

  /** Its queue is cordoned: whoever asked for it is told so, and asks again. */
  void defer(Lease lease) {
    deferred.add(lease);
  }

  void putBack(ConsumerRecord<byte[], byte[]> record) {
    putBack.add(record);
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> record, UndecodableException why) {
    dead.add(new DeadLetter(record, why));
  }

  /** Leaves this request, and so all after it in its partition, for later. */
  void leave(ConsumerRecord<byte[], byte[]> record) {
    left.putIfAbsent(partition(record), record);
  }

  /** Whether requests of this record's partition are left for later. */
  boolean leaves(ConsumerRecord<byte[], byte[]> record) {
    return left.containsKey(partition(record));
  }

  /** This request has been dealt with. */
  void done(ConsumerRecord<byte[], byte[]> record) {
    offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
  }

  List<Claimed> claimed() {
    return claimed;
  }

  int deferredCount() {
    return deferred.size();
  }

  int putBackCount() {
    return putBack.size();
  }

  /** The first request of each partition that was left. */
  Iterable<ConsumerRecord<byte[], byte[]>> left() {
    return left.values();
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  void write(ClaimTransaction transaction, Instant now) {
    for (Claimed claim : claimed) {
      String namespace = claim.order().spec().namespace();
      transaction.report(HeldRun.report(claim.lease(), namespace, RunState.LEASED, "", now));
      transaction.lease(claim.lease());
    }
    for (Ended end : ended) {
      if (end.evidence() == null) {
        transaction.report(HeldRun.report(end.lease(), "", RunState.STOPPED, "", now));
      } else {
        transaction.report(HeldRun.report(end.lease(), end.namespace(), RunState.LEASED, "", now));
        transaction.error(HeldRun.error(end.lease(), end.namespace(), end.evidence(), now));
      }
    }
    for (Lease lease : deferred) {
      transaction.report(HeldRun.report(lease, "", RunState.DEFERRED, "", now));
    }
    putBack.forEach(transaction::putBack);
    dead.forEach(letter -> transaction.deadLetter(letter.record(), letter.why()));
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
