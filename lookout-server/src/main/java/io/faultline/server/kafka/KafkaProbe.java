package io.faultline.server.kafka;

import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka every second whether it is there, with all that this server needs. */
public final class KafkaProbe implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaProbe.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final List<String> NEEDED =
      List.of(
          Topics.JOB_SPECS.name(),
          Topics.JOB_COMMANDS.name(),
          Topics.JOB_EVENTS.name(),
          Topics.RESOURCES.name(),
          Topics.RESOURCE_REVISIONS.name(),
          Topics.SERVICE_STATUS.name());

  private final KafkaClients clients;
  private final Thread thread;
  private volatile boolean reachable;

  /** Does nothing until started. */
  public KafkaProbe(KafkaClients clients) {
    this.clients = clients;
    this.thread = new Thread(this::run, "kafka-probe");
    this.thread.setDaemon(true);
  }

  /** Begins to ask. */
  public void start() {
    thread.start();
  }

  /** Whether it answered when it was last asked. */
  public boolean reachable() {
    return reachable;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Admin admin = clients.admin()) {
      while (true) {
        note(answers(admin));
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      reachable = false;
    }
  }

  private void note(boolean now) {
    if (now != reachable) {
      LOG.atInfo().setMessage("Kafka changed").addKeyValue("reachable", now).log();
    }
    reachable = now;
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      admin.describeTopics(NEEDED).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
