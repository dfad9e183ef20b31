package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.TopicPartitions;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all commands to executors, from the first that is kept, and hands on those for one of them.
 * So a command given while it was away is still heard; one for a run that has ended changes
 * nothing.
 */
final class CommandFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CommandFollower.class);
  private static final long AGAIN_MILLIS = 1000;

  private final CommonSettings common;
  private final Codecs codecs;
  private final String executor;
  private final Consumer<ExecutorCommand> commands;
  private final Thread thread = new Thread(this::run, "executor-commands");
  private volatile boolean closed;
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  CommandFollower(
      CommonSettings common, Codecs codecs, String executor, Consumer<ExecutorCommand> commands) {
    this.common = common;
    this.codecs = codecs;
    this.executor = executor;
    this.commands = commands;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        follow();
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        log.atWarn()
            .setMessage("commands can't be read, trying again")
            .addKeyValue("problem", e.toString())
            .log();
        pause();
      } catch (RuntimeException e) {
        log.atError().setMessage("commands can't be read, trying again").setCause(e).log();
        pause();
      }
    }
  }

  private void follow() {
    try (KafkaConsumer<byte[], byte[]> opened = Readers.committed(common, 1 << 20);
        Deserializer<ExecutorCommand> values =
            codecs.serde(Topics.EXECUTOR_COMMANDS).deserializer()) {
      consumer = opened;
      List<TopicPartition> partitions = TopicPartitions.of(opened, Topics.EXECUTOR_COMMANDS.name());
      opened.assign(partitions);
      opened.seekToBeginning(partitions);
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : opened.poll(Duration.ofSeconds(1))) {
          take(record, values);
        }
      }
    } finally {
      consumer = null;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Deserializer<ExecutorCommand> values) {
    if (record.value() == null) {
      return;
    }
    try {
      ExecutorCommand command = values.deserialize(record.topic(), record.value());
      if (command.executor().equals(executor)) {
        commands.accept(command);
      }
    } catch (UndecodableException e) {
      // every executor reads all of them: one dead letter each would say nothing more
      log.atError()
          .setMessage("command can't be decoded")
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("problem", e.getMessage())
          .log();
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
