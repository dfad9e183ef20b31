package io.faultline.executor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.executor.cluster.Observation;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Sightings sightings = new Sightings();

  @Test
  void whatIsLeftOfManyIsTakenTheNextTime() {
    for (int i = 0; i < 5; i++) {
      sightings.touch("run-" + i);
    }
    Set<String> taken = new HashSet<>(sightings.takeChanged(3));
    assertThat(taken).hasSize(3);
    assertThat(sightings.quiet()).isFalse();
    taken.addAll(sightings.takeChanged(3));
    assertThat(taken).hasSize(5);
    assertThat(sightings.quiet()).isTrue();
  }

  @Test
  void whatWasSeenOfARunAddsUp() {
    sightings.observe(new Observation.Pending("a", "", NOW));
    sightings.observe(new Observation.Running("a", "node-1", NOW.plusSeconds(1)));
    sightings.observe(new Observation.Succeeded("a", "node-1", NOW.plusSeconds(2)));
    Sightings.Sighting seen = sightings.of("a");
    assertThat(seen.made()).isEqualTo(NOW);
    assertThat(seen.running().node()).isEqualTo("node-1");
    assertThat(seen.end()).isInstanceOf(Observation.Succeeded.class);
  }
}
