package io.faultline.app;

import io.faultline.domain.resource.ServiceStatus;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.RegistryException;
import io.faultline.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every second which revision of the resources is in force in this instance, and where it
 * answers. A word that can't be sent is dropped: the next one says more.
 */
public final class ServiceStatusPublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServiceStatusPublisher.class);
  private static final Duration FLUSH_WITHIN = Duration.ofSeconds(1);

  private final String service;
  private final CommonSettings settings;
  private final Serializer<ServiceStatus> codec;
  private final Supplier<String> url;
  private final LongSupplier revision;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private Producer<String, byte[]> producer;

  /**
   * Publishes once started.
   *
   * @param service the service's name
   * @param url where it answers over HTTP; empty where it does not
   * @param revision what is in force, {@link ResourcesInForce#revision}
   * @param clock gives the time of each word
   */
  public ServiceStatusPublisher(
      String service,
      CommonSettings settings,
      Codecs codecs,
      Supplier<String> url,
      LongSupplier revision,
      Clock clock) {
    this.service = service;
    this.settings = settings;
    this.codec = codecs.serde(Topics.SERVICE_STATUS).serializer();
    this.url = url;
    this.revision = revision;
    this.clock = clock;
    this.timer = Executors.newSingleThreadScheduledExecutor(Worker.threads(service + "-status"));
  }

  /** Begins, and returns at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // it runs until the timer is shut down
  public void start() {
    timer.scheduleWithFixedDelay(this::say, 0, 1, TimeUnit.SECONDS);
  }

  /** Takes its word back, so that nobody waits for this instance. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      boolean ended = timer.awaitTermination(5, TimeUnit.SECONDS);
      if (ended && producer != null) {
        send(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException away) {
      log.atDebug().setMessage("status could not be taken back").setCause(away).log();
    } finally {
      if (producer != null) {
        producer.close(FLUSH_WITHIN);
      }
    }
  }

  private void say() {
    try {
      if (producer == null) {
        producer = open();
      }
      ServiceStatus status = status();
      send(codec.serialize(Topics.SERVICE_STATUS.name(), status));
    } catch (KafkaException | RegistryException e) {
      log.atDebug().setMessage("status could not be sent").setCause(e).log();
    }
  }

  private ServiceStatus status() {
    return new ServiceStatus(
        service, settings.instanceId(), url.get(), revision.getAsLong(), clock.instant());
  }

  private void send(byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(Topics.SERVICE_STATUS.name(), status().recordKey(), value),
            (metadata, error) -> {
              if (error != null) {
                log.atDebug().setMessage("status could not be sent").setCause(error).log();
              }
            });
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> properties = KafkaProperties.producer(settings);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }
}
