package io.faultline.server.kafka;

import io.faultline.app.Worker;
import io.faultline.domain.resource.Resource;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.faultline.server.control.ExclusiveLock;
import io.faultline.server.control.ResourceStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts revisions on Kafka in their order. Of all servers one does it, the one that holds the lock
 * in PostgreSQL; its transactional id fences one that lost the lock without noticing. A crash
 * between Kafka's commit and the note of it in PostgreSQL repeats revisions, which changes nothing
 * for who follows them.
 */
public final class ResourcePublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResourcePublisher.class);
  private static final String LOCK = "faultline-resource-publisher";
  private static final int BATCH = 50;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KafkaClients clients;
  private final Serializer<Resource> resources;
  private final Serializer<Resource> revisions;
  private final ResourceStore store;
  private final DataSource database;
  private final BooleanSupplier partsThere;
  private final Semaphore news = new Semaphore(0);
  private final Worker worker;

  /**
   * Does nothing until started.
   *
   * @param partsThere whether PostgreSQL and Kafka are known to be there
   */
  public ResourcePublisher(
      KafkaClients clients,
      Codecs codecs,
      ResourceStore store,
      DataSource database,
      BooleanSupplier partsThere) {
    this.clients = clients;
    this.resources = codecs.serde(Topics.RESOURCES).serializer();
    this.revisions = codecs.serde(Topics.RESOURCE_REVISIONS).serializer();
    this.store = store;
    this.database = database;
    this.partsThere = partsThere;
    this.worker = new Worker("resource-publisher", this::run);
  }

  /** Begins to publish, as soon as no other server does. */
  public void start() {
    worker.start();
  }

  /** Says that there is a new revision, so that it need not wait for the next look. */
  public void wake() {
    news.release();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (partsThere.getAsBoolean()) {
          publishIfNobodyElseDoes();
        }
      } catch (SQLException | RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.atWarn()
            .setMessage("publishing resources failed, trying again")
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log();
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private void publishIfNobodyElseDoes() throws SQLException, InterruptedException {
    try (ExclusiveLock lock = ExclusiveLock.tryTake(database, LOCK).orElse(null)) {
      if (lock != null) {
        publishWhileHeld(lock);
      }
    }
  }

  private void publishWhileHeld(ExclusiveLock lock) throws InterruptedException {
    try (Producer<String, byte[]> producer = clients.transactionalProducer(LOCK)) {
      producer.initTransactions();
      LOG.atInfo().setMessage("publishing resources").log();
      while (lock.held()) {
        Optional<Long> last = publish(producer, store.unpublished(BATCH));
        if (last.isPresent()) {
          store.markPublished(last.get());
        } else if (news.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
    }
  }

  /** Each revision in a transaction of its own: no reader sees a later one first. */
  private Optional<Long> publish(Producer<String, byte[]> producer, List<Resource> unpublished) {
    Optional<Long> last = Optional.empty();
    for (Resource resource : unpublished) {
      producer.beginTransaction();
      // the commit flushes both and throws where one failed
      var unusedRevision = producer.send(record(Topics.RESOURCE_REVISIONS, revisions, resource));
      var unusedCurrent = producer.send(record(Topics.RESOURCES, resources, resource));
      producer.commitTransaction();
      last = Optional.of(resource.revision());
      LOG.atInfo()
          .setMessage("resource published")
          .addKeyValue("kind", resource.kind().word())
          .addKeyValue("name", resource.name())
          .addKeyValue("revision", resource.revision())
          .log();
    }
    return last;
  }

  private static ProducerRecord<String, byte[]> record(
      Topic<Resource> topic, Serializer<Resource> serializer, Resource resource) {
    return new ProducerRecord<>(
        topic.name(), resource.key(), serializer.serialize(topic.name(), resource));
  }
}
