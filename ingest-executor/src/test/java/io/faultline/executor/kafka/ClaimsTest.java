package io.faultline.executor.kafka;

import static io.faultline.executor.kafka.ClaimsBench.claimed;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.RunRequest;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cordon.Cordons;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of the requests of one poll. */
class ClaimsTest {

  private final ClaimsBench bench = new ClaimsBench(new Room(10, 0, 100));

  private RunRequest request(int partition, long offset, String podSpec) {
    RunRequest request = bench.single(podSpec);
    bench.record(partition, offset, request);
    return request;
  }

  @Test
  void whatFitsIsClaimedAndItsRoomIsTaken() {
    RunRequest first = request(0, 0, "60");
    request(0, 1, "60");
    RunRequest third = request(0, 2, "40");
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
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
    ClaimBatch batch = bench.weigh(new Room(1, 0, 100), Set.of());
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
    bench.record(0, 2, twice);
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of(known.run().runId()));
    assertThat(claimed(batch)).containsExactly(twice);
    assertThat(batch.offsets())
        .isEqualTo(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(3)));
  }

  @Test
  void whatIsOfACordonedQueueIsDeferredAndTakesNoRoom() {
    request(0, 0, "100");
    bench.cordons =
        new Cordons(
            Optional.empty(),
            Map.of("queue", new CordonDefinition("c", Target.QUEUE, "queue", false, "")));
    ClaimBatch batch = bench.weigh(new Room(1, 0, 100), Set.of());
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
    bench.forget(request(0, 1, "100").spec());
    RunRequest last = request(0, 2, "100");
    ClaimBatch batch = bench.weigh(new Room(1, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactly(last);
    assertThat(batch.putBackCount()).isZero();
  }
}
