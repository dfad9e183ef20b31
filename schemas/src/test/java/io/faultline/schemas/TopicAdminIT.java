package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicAdminIT {

  private EmbeddedKafka kafka;
  private Admin admin;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.temporary();
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void everyTopicIsMadeOnceWithItsSettings() throws Exception {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> TopicAdmin.ensure(admin, 3));
    TopicAdmin.ensure(admin, 3);
    other.get();
    TopicAdmin.ensure(admin, 3);

    for (Topic<?> topic : Topics.all()) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      assertThat(value(config, "message.timestamp.type")).isEqualTo("LogAppendTime");
      assertThat(value(config, "cleanup.policy")).isEqualTo(topic.cleanup().policy());
      assertThat(value(config, "retention.ms")).isEqualTo("" + topic.retentionMillis());
      assertThat(value(config, "max.message.bytes")).isEqualTo("" + topic.maxMessageBytes());
    }

    assertThatThrownBy(() -> TopicAdmin.ensure(admin, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "topic faultline\\.[a-z-]+ has 3 partitions where the settings say 4.*");
  }

  private static String value(Config config, String key) {
    return config.get(key).value();
  }
}
