package io.faultline.executor.kafka;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.cordon.Cordons;
import io.faultline.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Requests of an executor {@code me}, whose cluster has as much room as a test says. */
final class ClaimsBench {

  /** A pod spec of which nothing can be made. */
  static final String NEVER = "never";

  /** An order needs the bytes that its spec's text says. */
  private record Roomy(Room room, Room roomTogether, Room capacity) implements Cluster {
    @Override
    public String name() {
      return "roomy";
    }

    @Override
    public Room needs(PodOrder order) throws PodRefused {
      if (order.spec().podSpec().equals(NEVER)) {
        throw new PodRefused(Why.NEVER, "spec: never");
      }
      return new Room(1, 0, Long.parseLong(order.spec().podSpec()));
    }

    @Override
    public void create(PodOrder order) {}

    @Override
    public Set<String> runs() {
      return Set.of();
    }

    @Override
    public void watch(Consumer<Observation> observer) {}

    @Override
    public void stop(String runId, StopCause cause, String why) {}

    @Override
    public void reported(String runId) {}

    @Override
    public void delete(String runId) {}

    @Override
    public void close() {}
  }

  /** What a batch writes, in words. */
  private record Written(List<String> words) implements Outbox {
    @Override
    public void report(RunReport report) {
      words.add(report.job().jobId() + " " + report.state());
    }

    @Override
    public void error(JobError error) {
      words.add(error.job().jobId() + " " + error.evidence().kind());
    }

    @Override
    public void lease(Lease lease) {
      words.add(lease.request().job().jobId() + " lease of " + lease.executor());
    }

    @Override
    public void release(String runId) {
      words.add(runId + " release");
    }

    @Override
    public void putBack(ConsumerRecord<byte[], byte[]> request) {
      words.add("back");
    }

    @Override
    public void deadLetter(ConsumerRecord<byte[], byte[]> record, UndecodableException why) {
      words.add("dead letter " + why.reason());
    }
  }

  private final Room capacity;
  private final Turns turns = new Turns(Duration.ofHours(1));
  private final Map<String, RunRequest> requests = new HashMap<>();
  private final Map<SpecRef, JobSpec> specs = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private int asked;
  private int written;

  Cordons cordons = Cordons.NONE;
  Instant now = Instant.EPOCH;

  /** Where that is more than there is room for single runs. */
  @Nullable Room together;

  ClaimsBench(Room capacity) {
    this.capacity = capacity;
  }

  /** A new spec. */
  SpecRef spec(String podSpec) {
    SpecRef ref = new SpecRef(0, written++, "00");
    specs.put(ref, PodOrders.of(podSpec).spec());
    return ref;
  }

  void forget(SpecRef ref) {
    specs.remove(ref);
  }

  /** How often a spec was asked for. */
  int asked() {
    return asked;
  }

  /** A run of a new job in no set. */
  RunRequest single(String podSpec) {
    RunRequest request = PodOrders.of(podSpec).request();
    return new RunRequest(
        request.job(), request.run(), spec(podSpec), "pod", RunMutations.NONE, Instant.EPOCH);
  }

  /** What is polled next. */
  ConsumerRecord<byte[], byte[]> record(int partition, long offset, RunRequest request) {
    String id = UUID.randomUUID().toString();
    requests.put(id, request);
    records.add(
        new ConsumerRecord<>(
            "t", partition, offset, new byte[0], id.getBytes(StandardCharsets.UTF_8)));
    return records.get(records.size() - 1);
  }

  ClaimBatch weigh(Room room, Set<String> held) {
    Claims claims =
        new Claims(
            "me",
            new Roomy(room, together == null ? room : together, capacity),
            (topic, value) -> requests.get(new String(value, StandardCharsets.UTF_8)),
            request -> {
              asked++;
              return Optional.ofNullable(specs.get(request.spec()));
            },
            turns);
    ClaimBatch batch = claims.weigh(records, held, cordons, now);
    records.clear();
    return batch;
  }

  static List<RunRequest> claimed(ClaimBatch batch) {
    return batch.claimed().stream().map(c -> c.lease().request()).toList();
  }

  /** What a batch writes, in order. */
  List<String> written(ClaimBatch batch) {
    List<String> words = new ArrayList<>();
    batch.write(new Written(words), now);
    return words;
  }
}
