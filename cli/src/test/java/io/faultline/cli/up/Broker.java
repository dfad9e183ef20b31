package io.faultline.cli.up;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What is to be seen on a broker.
 *
 * @param address its {@code bootstrap.servers}
 */
record Broker(String address) {

  /** Waits until a topic has a value with this text, committed or not. */
  void awaitUncommitted(String topic, String text) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", address,
            "group.id", "uncommitted",
            "auto.offset.reset", "earliest");
    List<String> seen = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      await(text + " on " + topic)
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(r -> seen.add(new String(r.value(), StandardCharsets.UTF_8)));
                return seen.stream().anyMatch(value -> value.contains(text));
              });
    }
  }

  /** Waits until a group has no member; one that is gone without leaving stays for 45 s. */
  void awaitNoMember(String group) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      await("the group has no member")
          .atMost(Duration.ofSeconds(15))
          .until(
              () ->
                  admin
                      .describeConsumerGroups(List.of(group))
                      .describedGroups()
                      .get(group)
                      .get()
                      .groupState()
                      .equals(GroupState.EMPTY));
    }
  }
}
