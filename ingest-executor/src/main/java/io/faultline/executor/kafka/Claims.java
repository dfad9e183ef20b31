package io.faultline.executor.kafka;

import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.SpecRef;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cordon.Cordons;
import io.faultline.schemas.UndecodableException;
import io.faultline.schemas.UndecodableException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Weighs requests against the room there is: each one as a whole, however many runs it has. */
final class Claims {

  /** What has claimed so many runs claims no more: a transaction must not take too long. */
  private static final int CLAIMED_AT_ONCE = 5_000;

  /**
   * A request for another executor that was put back so often is not taken there: whoever asked is
   * told, and asks again, perhaps someone else, or no more.
   */
  static final int MOST_ROUNDS = 500;

  private final String executor;
  private final Cluster cluster;
  private final Deserializer<RunRequest> values;
  private final Function<RunRequest, Optional<JobSpec>> specs;
  private final Turns turns;

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
      Function<RunRequest, Optional<JobSpec>> specs,
      Turns turns) {
    this.executor = executor;
    this.cluster = cluster;
    this.values = values;
    this.specs = specs;
    this.turns = turns;
  }

  /**
   * Decides about each request in turn. What is too big for the room that is left goes back to the
   * end of its topic, unless it is its turn; when there is none left for any run, the rest stays
   * where it is.
   *
   * @param held the runs that are held already; a request for one of them is a repeat
   * @param cordons requests of queues that they hold are not claimed
   */
  ClaimBatch weigh(
      List<ConsumerRecord<byte[], byte[]>> records,
      Set<String> held,
      Cordons cordons,
      Instant now) {
    Poll poll = new Poll(held, cordons, now);
    records.forEach(poll::weigh);
    return poll.batch;
  }

  /** The requests of one poll, one after another, and the room that those before have left. */
  private final class Poll {

    private final ClaimBatch batch = new ClaimBatch();
    private final Set<String> known;
    private final Cordons cordons;
    private final Instant now;
    private Room room = cluster.room();
    private Room together = cluster.roomTogether();

    Poll(Set<String> held, Cordons cordons, Instant now) {
      this.known = new HashSet<>(held);
      this.cordons = cordons;
      this.now = now;
    }

    void weigh(ConsumerRecord<byte[], byte[]> record) {
      if (batch.leaves(record)) {
        return;
      }
      if (room.runs() < 1 || batch.claimed().size() >= CLAIMED_AT_ONCE) {
        batch.leave(record);
        return;
      }
      try {
        RunRequest request = values.deserialize(record.topic(), record.value());
        if (request != null) {
          weigh(record, request);
        }
      } catch (UndecodableException e) {
        batch.deadLetter(record, e);
      } catch (IllegalArgumentException e) { // there is no such set, or it has no such jobs
        batch.deadLetter(record, new UndecodableException(Reason.CORRUPT, e.getMessage(), e));
      }
      if (!batch.leaves(record)) {
        batch.done(record);
      }
    }

    private void weigh(ConsumerRecord<byte[], byte[]> record, RunRequest request) {
      List<RunRequest> runs = new ArrayList<>(request.each().toList());
      runs.removeIf(run -> !known.add(run.run().runId()));
      if (runs.isEmpty()) {
        return;
      }
      String id = request.run().runId();
      if (isOthers(request.group())) {
        if (Rounds.of(record) < MOST_ROUNDS) {
          batch.putBackForOthers(record);
        } else {
          batch.defer(lease(runs.get(0)));
        }
      } else if (cordons.holds(request.job().queue())) {
        turns.over(id);
        batch.defer(lease(runs.get(0)));
      } else {
        List<ClaimBatch.Claimed> claims = new ArrayList<>();
        Room needs = needs(runs, claims);
        if (needs == null) {
          turns.over(id);
        } else {
          weigh(record, request, claims, needs);
        }
      }
    }

    /** What they take of the room; null where one of them can't be made, as is said of it. */
    private @Nullable Room needs(List<RunRequest> runs, List<ClaimBatch.Claimed> claims) {
      Map<SpecRef, Room> each = new HashMap<>();
      Map<SpecRef, JobSpec> found = new HashMap<>();
      Room all = Room.NONE;
      for (RunRequest run : runs) {
        SpecRef ref = run.spec();
        if (!found.containsKey(ref)) {
          JobSpec spec = specs.apply(run).orElse(null);
          if (spec == null) {
            batch.gone(lease(runs.get(0)));
            return null;
          }
          found.put(ref, spec);
          try {
            Room needs = cluster.needs(new PodOrder(run, spec));
            if (run.group() == null && !cluster.capacity().fits(needs)) {
              throw new PodRefused(Why.NOT_NOW, tooBig(needs));
            }
            each.put(ref, needs);
          } catch (PodRefused e) {
            batch.refuse(lease(run), spec.namespace(), e.evidence());
            return null;
          }
        }
        claims.add(new ClaimBatch.Claimed(lease(run), new PodOrder(run, found.get(ref))));
        all = all.plus(each.get(ref));
      }
      return all;
    }

    private void weigh(
        ConsumerRecord<byte[], byte[]> record,
        RunRequest request,
        List<ClaimBatch.Claimed> claims,
        Room needs) {
      GroupStart group = request.group();
      String id = request.run().runId();
      // a set that has room here already must not wait for one that waits for this room
      boolean bound = group != null && !group.executor().isEmpty();
      if (!cluster.capacity().fits(needs) && group != null) {
        batch.putBackTooBig(record, group.setId(), needs);
      } else if ((group == null ? room : together).fits(needs) && (bound || !turns.bar(id, now))) {
        turns.over(id);
        batch.claim(claims, group != null);
        room = room.minus(needs);
        together = together.minus(needs);
      } else if (group != null && turns.has(id, now)) {
        batch.await(record);
      } else {
        batch.putBack(record, group != null);
      }
    }

    private Lease lease(RunRequest run) {
      return new Lease(run, executor, cluster.name(), now);
    }
  }

  private boolean isOthers(@Nullable GroupStart group) {
    return group != null && !group.executor().isEmpty() && !group.executor().equals(executor);
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
