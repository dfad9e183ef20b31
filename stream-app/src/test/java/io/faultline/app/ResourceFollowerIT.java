package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.InMemorySchemaRegistry;
import io.faultline.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ResourceFollowerIT {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final Codecs codecs = new Codecs(new InMemorySchemaRegistry());
  private final EmbeddedKafka kafka = EmbeddedKafka.temporary();
  private final CommonSettings settings =
      Parts.settings(kafka.bootstrapServers(), "", Path.of("unused"));

  @BeforeEach
  void patience() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void itReadsWhatIsThereBeforeItIsCaughtUpAndThenWhatComes() throws Exception {
    Parts.makeTopics(kafka);
    write("a", 1, "1");
    write("b", 2, "2");
    try (ResourceFollower follower = follower()) {
      follower.start();
      await().until(follower::caughtUp);
      assertThat(number(follower, "a")).isEqualTo(1);
      assertThat(number(follower, "b")).isEqualTo(2);
      assertThat(follower.inForce().revision()).isEqualTo(2);

      write("a", 3, "10");
      await().until(() -> follower.inForce().revision() == 3);
      assertThat(number(follower, "a")).isEqualTo(10);
      delete("b", 4);
      await().until(() -> follower.inForce().revision() == 4);
      assertThat(follower.inForce().entry(ResourceKind.QUEUE, "b")).isEmpty();
    }
  }

  @Test
  void aBrokenBodyLeavesTheLastGoodOneInForceAndAGoodOneEndsThat() throws Exception {
    Parts.makeTopics(kafka);
    write("a", 1, "1");
    write("a", 2, "not a number");
    write("never-good", 3, "nor this");
    Parts.produce(kafka, Topics.RESOURCES.name(), "Queue/a", new byte[] {1, 2, 3});
    try (ResourceFollower follower = follower()) {
      follower.start();
      await().until(follower::caughtUp);
      assertThat(number(follower, "a")).isEqualTo(1);
      assertThat(follower.inForce().entry(ResourceKind.QUEUE, "a").get().revision()).isEqualTo(1);
      assertThat(follower.inForce().isBroken(ResourceKind.QUEUE, "a")).isTrue();
      assertThat(follower.inForce().entry(ResourceKind.QUEUE, "never-good")).isEmpty();
      assertThat(follower.inForce().broken().get("Queue/never-good")).contains("nor this");
      assertThat(follower.inForce().revision()).isEqualTo(3);
      write("a", 4, "4");
      await().until(() -> number(follower, "a") == 4);
      assertThat(follower.inForce().isBroken(ResourceKind.QUEUE, "a")).isFalse();
    }
  }

  @Test
  void itWaitsForKafkaAndKeepsWhatItKnowsWhileKafkaIsAway() throws Exception {
    kafka.stop();
    try (ResourceFollower follower = follower()) {
      follower.start();
      assertThat(follower.caughtUp()).isFalse();
      kafka.start();
      Parts.makeTopics(kafka);
      await().until(follower::caughtUp);
      write("a", 1, "1");
      await().until(() -> follower.inForce().revision() == 1);
      kafka.stop();
      assertThat(number(follower, "a")).isEqualTo(1);
      kafka.start();
      write("a", 2, "2");
      await().until(() -> number(follower, "a") == 2);
    }
  }

  @Test
  void anInstanceSaysWhatItHasInForceAndTakesItsWordBackWhenItCloses() throws Exception {
    Parts.makeTopics(kafka);
    try (var publisher =
        new ServiceStatusPublisher(
            "tester",
            settings,
            codecs,
            () -> "http://here",
            () -> 7,
            Clock.fixed(AT, ZoneOffset.UTC))) {
      publisher.start();
      await().until(() -> !Parts.committed(kafka, Topics.SERVICE_STATUS.name()).isEmpty());
      var said = Parts.committed(kafka, Topics.SERVICE_STATUS.name()).get(0);
      assertThat(codecs.serde(Topics.SERVICE_STATUS).deserializer().deserialize("", said.value()))
          .isEqualTo(new ServiceStatus("tester", "one", "http://here", 7, AT));
      assertThat(new String(said.key(), StandardCharsets.UTF_8)).isEqualTo("tester/one");
    }
    var all = Parts.committed(kafka, Topics.SERVICE_STATUS.name());
    assertThat(all.get(all.size() - 1).value()).isNull();
  }

  private ResourceFollower follower() {
    return new ResourceFollower(
        "tester",
        settings,
        codecs,
        resource -> Integer.parseInt(resource.body()),
        new SimpleMeterRegistry());
  }

  private static int number(ResourceFollower follower, String name) {
    return follower.inForce().value(ResourceKind.QUEUE, name, Integer.class).orElseThrow();
  }

  private void write(String name, long revision, String body) {
    produce(new Resource(ResourceKind.QUEUE, name, revision, false, body, AT, "tester"));
  }

  private void delete(String name, long revision) {
    produce(new Resource(ResourceKind.QUEUE, name, revision, true, "", AT, "tester"));
  }

  private void produce(Resource resource) {
    Parts.produce(
        kafka,
        Topics.RESOURCES.name(),
        resource.key(),
        codecs.serde(Topics.RESOURCES).serializer().serialize("", resource));
  }
}
