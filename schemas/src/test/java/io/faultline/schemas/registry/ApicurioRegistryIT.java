package io.faultline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.Heartbeat;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against the registry that {@code faultline up} runs. */
class ApicurioRegistryIT extends RegistryContract {

  private static EmbeddedRegistry server;

  @BeforeAll
  static void startServer() {
    server = EmbeddedRegistry.temporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected String url() {
    return server.url();
  }

  @Test
  void aReaderWaitsWhileTheRegistryIsAwayAndThenGoesOn() throws Exception {
    Heartbeat beat = new Heartbeat("e1", "c1", Instant.parse("2026-03-01T10:00:00Z"), 5_000);
    Serde<Heartbeat> writing = new Codecs(registry).serde(Topics.HEARTBEATS);
    byte[] record = writing.serializer().serialize("", beat);
    server.kill();
    try (SchemaRegistry waiting = client(Map.of())) {
      Serde<Heartbeat> reading = new Codecs(waiting).serde(Topics.HEARTBEATS);
      CompletableFuture<Heartbeat> read =
          CompletableFuture.supplyAsync(() -> reading.deserializer().deserialize("", record));
      while (waiting.failedAttempts() < 2) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(read).isNotDone();
      // what is known needs no registry
      assertThat(writing.deserializer().deserialize("", record)).isEqualTo(beat);
      server.start();

      assertThat(read.get()).isEqualTo(beat);
    }
  }
}
