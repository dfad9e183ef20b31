package io.faultline.executor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.executor.cluster.Room;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TooBigTest {

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final InstantSource source = () -> now;
  private final TooBig tooBig = new TooBig(source.withZone(ZoneOffset.UTC));

  private void seen(String setId) {
    tooBig.seen(setId, new Room(33, 0, 0), new Room(20, 0, 0));
  }

  @Test
  void setsCountAsLongAsTheyComeByAgain() {
    seen("a");
    seen("b");
    assertThat(tooBig.count()).isEqualTo(2);
    now = now.plus(Duration.ofSeconds(50));
    seen("a");
    now = now.plus(Duration.ofSeconds(50));
    assertThat(tooBig.count()).isEqualTo(1);
  }
}
