package io.faultline.executor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.cordon.Cordons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of the requests of one poll. */
class ClaimsTest {

  /** Has so much room; an order needs the bytes that its spec's text says. */
  private record Roomy(Room room, Room capacity) implements Cluster {
    @Override
    public String name() {
      return "roomy";
    }

    @Override
    public Room needs(PodOrder order) {
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

  private Cordons cordons = Cordons.NONE;
  private final Map<String, RunRequest> requests = new HashMap<>();
  private final Map<RunRequest, JobSpec> specs = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  private RunRequest request(int partition, long offset, String podSpec) {
    PodOrder order = PodOrders.of(podSpec);
    requests.put(order.runId(), order.request());
    specs.put(order.request(), order.spec());
    record(partition, offset, order.request());
    return order.request();
  }

  private void record(int partition, long offset, RunRequest request) {
    records.add(
        new ConsumerRecord<>(
            "t",
            partition,
            offset,
            new byte[0],
            request.run().runId().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private ClaimBatch weigh(Room room, Set<String> held) {
    Claims claims =
        new Claims(
            "me",
            new Roomy(room, new Room(10, 0, 100)),
            (topic, value) ->
                requests.get(new String(value, java.nio.charset.StandardCharsets.UTF_8)),
            request -> Optional.ofNullable(specs.get(request)));
    return claims.weigh(records, held, cordons, Instant.EPOCH);
  }

  private static List<RunRequest> claimed(ClaimBatch batch) {
    return batch.claimed().stream().map(c -> c.lease().request()).toList();
  }

  @Test
  void whatFitsIsClaimedAndItsRoomIsTaken() {
    RunRequest first = request(0, 0, "60");
    request(0, 1, "60");
    RunRequest third = request(0, 2, "40");
    ClaimBatch batch = weigh(new Room(10, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactly(first, third);
    assertThat(batch.putBackCount()).isEqualTo(1);
    assertThat(batch.left()).isEmpty();
    assertThat(batch.offsets())
        .isEqualTo(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(3)));
  }

  @Test
  void whenThereIsNoRoomForAnyRunTheRestStaysInItsPlace() {
    RunRequest first = request(0, 5, "1");
    request(1, 7, "1");
    request(0, 6, "1");
    request(1, 8, "1");
    ClaimBatch batch = weigh(new Room(1, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactly(first);
    assertThat(batch.putBackCount()).isZero();
    assertThat(batch.left()).extracting(ConsumerRecord::offset).containsExactly(7L, 6L);
    assertThat(batch.offsets())
        .isEqualTo(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(6)));
  }

  @Test
  void aRepeatOfARequestIsPassedOver() {
    RunRequest known = request(0, 0, "1");
    RunRequest twice = request(0, 1, "1");
    record(0, 2, twice);
    ClaimBatch batch = weigh(new Room(10, 0, 100), Set.of(known.run().runId()));
    assertThat(claimed(batch)).containsExactly(twice);
    assertThat(batch.offsets())
        .isEqualTo(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(3)));
  }

  @Test
  void whatIsOfACordonedQueueIsDeferredAndTakesNoRoom() {
    request(0, 0, "100");
    cordons =
        new Cordons(
            Optional.empty(),
            Map.of("queue", new CordonDefinition("c", Target.QUEUE, "queue", false, "")));
    ClaimBatch batch = weigh(new Room(1, 0, 100), Set.of());
    assertThat(claimed(batch)).isEmpty();
    assertThat(batch.deferredCount()).isEqualTo(1);
    assertThat(batch.putBackCount()).isZero();
    assertThat(batch.left()).isEmpty();
    assertThat(batch.offsets())
        .isEqualTo(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1)));
  }

  @Test
  void whatNeverFitsAndWhatIsGoneTakesNoRoom() {
    request(0, 0, "101");
    specs.remove(request(0, 1, "100"));
    RunRequest last = request(0, 2, "100");
    ClaimBatch batch = weigh(new Room(1, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactly(last);
    assertThat(batch.putBackCount()).isZero();
  }
}
