package io.faultline.executor.kafka;

import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunRequest;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cordon.Cordons;
import io.faultline.schemas.UndecodableException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Weighs requests against the room there is. */
final class Claims {

  private final String executor;
  private final Cluster cluster;
  private final Deserializer<RunRequest> values;
  private final Function<RunRequest, Optional<JobSpec>> specs;

  /**
   * Claims for an executor.
   *
   * @param values how requests are read
   * @param specs finds the spec of a request; empty where its job has ended
   */
  Claims(
      String executor,
      Cluster cluster,
      Deserializer<RunRequest> values,
      Function<RunRequest, Optional<JobSpec>> specs) {
    this.executor = executor;
    this.cluster = cluster;
    this.values = values;
    this.specs = specs;
  }

  /**
   * Decides about each request in turn. What is too big for the room that is left goes back to the
   * end of its topic; when there is none left for any run, the rest stays where it is.
   *
   * @param held the runs that are held already; a request for one of them is a repeat
   * @param cordons requests of queues that they hold are not claimed
   */
  ClaimBatch weigh(
      List<ConsumerRecord<byte[], byte[]>> records,
      Set<String> held,
      Cordons cordons,
      Instant now) {
    ClaimBatch batch = new ClaimBatch();
    Set<String> known = new HashSet<>(held);
    Room room = cluster.room();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (batch.leaves(record)) {
        continue;
      }
      if (room.runs() < 1) {
        batch.leave(record);
        continue;
      }
      batch.done(record);
      try {
        RunRequest request = values.deserialize(record.topic(), record.value());
        if (request == null || !known.add(request.run().runId())) {
          continue;
        }
        if (cordons.holds(request.job().queue())) {
          batch.defer(new Lease(request, executor, cluster.name(), now));
        } else {
          room = room.minus(weigh(batch, record, request, room, now));
        }
      } catch (UndecodableException e) {
        batch.deadLetter(record, e);
      }
    }
    return batch;
  }

  /** What the run takes of the room. */
  private Room weigh(
      ClaimBatch batch,
      ConsumerRecord<byte[], byte[]> record,
      RunRequest request,
      Room room,
      Instant now) {
    Lease lease = new Lease(request, executor, cluster.name(), now);
    JobSpec spec = specs.apply(request).orElse(null);
    if (spec == null) {
      batch.gone(lease);
      return Room.NONE;
    }
    PodOrder order = new PodOrder(request, spec);
    try {
      Room needs = cluster.needs(order);
      if (!cluster.capacity().fits(needs)) {
        throw new PodRefused(Why.NOT_NOW, tooBig(needs));
      }
      if (room.fits(needs)) {
        batch.claim(lease, order);
        return needs;
      }
      batch.putBack(record);
    } catch (PodRefused e) {
      batch.refuse(lease, spec.namespace(), e.evidence());
    }
    return Room.NONE;
  }

  private String tooBig(Room needs) {
    Room most = cluster.capacity();
    return "the pod asks for "
        + needs.milliCpu()
        + "m cpu and "
        + needs.memoryBytes()
        + " bytes of memory, more than executor "
        + executor
        + " has in all: "
        + most.milliCpu()
        + "m and "
        + most.memoryBytes();
  }
}
