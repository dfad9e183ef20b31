package io.faultline.executor.kafka;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunState;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.Room;
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
  private final List<ConsumerRecord<byte[], byte[]>> forOthers = new ArrayList<>();
  private final List<DeadLetter> dead = new ArrayList<>();
  private final Map<TopicPartition, ConsumerRecord<byte[], byte[]>> left = new LinkedHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final Map<String, Room> tooBig = new LinkedHashMap<>();
  private int setsClaimed;
  private int setsPutBack;
  private int awaited;

  /**
   * Claims the runs of a request.
   *
   * @param set whether they are of a set
   */
  void claim(List<Claimed> runs, boolean set) {
    claimed.addAll(runs);
    setsClaimed += set ? 1 : 0;
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

  /**
   * There is no room for it now.
   *
   * @param set whether it is for runs of a set
   */
  void putBack(ConsumerRecord<byte[], byte[]> record, boolean set) {
    putBack.add(record);
    setsPutBack += set ? 1 : 0;
  }

  /** Others may take it. */
  void putBackForOthers(ConsumerRecord<byte[], byte[]> record) {
    forOthers.add(record);
  }

  /** Others may take it; here there never will be room for all of the set's runs. */
  void putBackTooBig(ConsumerRecord<byte[], byte[]> record, String setId, Room needs) {
    putBackForOthers(record);
    tooBig.put(setId, needs);
  }

  /** There is no room for it now, and it is its turn: it stays here until there is. */
  void await(ConsumerRecord<byte[], byte[]> record) {
    leave(record);
    awaited++;
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

  /** How many of the requests whose runs are claimed are for runs of sets. */
  int setsClaimed() {
    return setsClaimed;
  }

  /** How many went back as there is no room now. */
  int putBackCount() {
    return putBack.size();
  }

  /** How many of these are for runs of sets. */
  int setsPutBack() {
    return setsPutBack;
  }

  /** How many went back as only others can take them. */
  int forOthersCount() {
    return forOthers.size();
  }

  /** The sets that are too big to be ever claimed here, and what they need. */
  Map<String, Room> tooBig() {
    return tooBig;
  }

  /** How many wait here for more room. */
  int awaitedCount() {
    return awaited;
  }

  /** The first request of each partition that was left. */
  Iterable<ConsumerRecord<byte[], byte[]>> left() {
    return left.values();
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  void write(Outbox outbox, Instant now) {
    for (Claimed claim : claimed) {
      String namespace = claim.order().spec().namespace();
      outbox.report(HeldRun.report(claim.lease(), namespace, RunState.LEASED, "", now));
      outbox.lease(claim.lease());
    }
    for (Ended end : ended) {
      if (end.evidence() == null) {
        outbox.report(HeldRun.report(end.lease(), "", RunState.STOPPED, "", now));
      } else {
        outbox.report(HeldRun.report(end.lease(), end.namespace(), RunState.LEASED, "", now));
        outbox.error(HeldRun.error(end.lease(), end.namespace(), end.evidence(), now));
      }
    }
    for (Lease lease : deferred) {
      outbox.report(HeldRun.report(lease, "", RunState.DEFERRED, "", now));
    }
    putBack.forEach(outbox::putBack);
    forOthers.forEach(outbox::putBack);
    dead.forEach(letter -> outbox.deadLetter(letter.record(), letter.why()));
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
