package io.faultline.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics of the catalogue. */
public final class TopicAdmin {

  private TopicAdmin() {}

  /**
   * Makes every topic that is not there yet, with the broker's default replication. Those that are
   * there keep their settings; several processes may do this at once.
   *
   * @param partitions of each topic, at least 1; it can't be changed later without losing state
   * @throws IllegalStateException where a topic is there with another number of partitions
   */
  public static void ensure(Admin admin, int partitions) {
    List<NewTopic> missing = new ArrayList<>();
    Map<String, TopicDescription> there = describe(admin);
    for (Topic<?> topic : Topics.all()) {
      TopicDescription found = there.get(topic.name());
      if (found == null) {
        missing.add(newTopic(topic, partitions));
      } else {
        check(found, partitions);
      }
    }
    boolean othersMadeSome = create(admin, missing);
    if (othersMadeSome) {
      describe(admin).values().forEach(found -> check(found, partitions));
    }
  }

  private static NewTopic newTopic(Topic<?> topic, int partitions) {
    return new NewTopic(topic.name(), Optional.of(partitions), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
                TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy(),
                TopicConfig.RETENTION_MS_CONFIG, String.valueOf(topic.retentionMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(topic.maxMessageBytes())));
  }

  private static void check(TopicDescription found, int partitions) {
    if (found.partitions().size() != partitions) {
      throw new IllegalStateException(
          "topic "
              + found.name()
              + " has "
              + found.partitions().size()
              + " partitions where the settings say "
              + partitions
              + ": set it to what is there; it can't be changed after the first start");
    }
  }

  private static Map<String, TopicDescription> describe(Admin admin) {
    Map<String, TopicDescription> there = new HashMap<>();
    List<String> names = Topics.all().stream().map(Topic::name).toList();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, answer) -> {
              try {
                there.put(name, answer.get());
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw new KafkaException("can't describe topic " + name, e.getCause());
                }
              } catch (InterruptedException e) {
                throw new InterruptException(e);
              }
            });
    return there;
  }

  private static boolean create(Admin admin, List<NewTopic> missing) {
    boolean othersMadeSome = false;
    for (var answer : admin.createTopics(missing).values().entrySet()) {
      try {
        answer.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new KafkaException("can't make topic " + answer.getKey(), e.getCause());
        }
        othersMadeSome = true;
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    return othersMadeSome;
  }
}
