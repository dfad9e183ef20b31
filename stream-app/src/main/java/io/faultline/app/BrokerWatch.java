package io.faultline.app;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka answers, with the topics that are needed: asked every second by a thread of its
 * own, because Kafka's clients wait in silence. Says once when that changes, and once a minute
 * while it is away.
 */
public final class BrokerWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);
  private static final long ASK_EVERY_MILLIS = 1_000;
  private static final long ANSWER_WITHIN_MILLIS = 3_000;
  private static final long SAY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final CommonSettings settings;
  private final Set<String> topics;
  private final Worker worker;
  private volatile boolean reachable;
  private Admin admin;
  private long nextWord = System.nanoTime();

  /**
   * Watches once started.
   *
   * @param service the service's name, for the name of the thread
   */
  public BrokerWatch(String service, CommonSettings settings) {
    this(service, settings, Set.of());
  }

  /**
   * Watches once started.
   *
   * @param service the service's name, for the name of the thread
   * @param topics without these it counts as away
   */
  public BrokerWatch(String service, CommonSettings settings, Set<String> topics) {
    this.settings = settings;
    this.topics = Set.copyOf(topics);
    this.worker = new Worker(service + "-broker-watch", this::watch);
  }

  /** Begins to ask. */
  public void start() {
    worker.start();
  }

  /** Whether Kafka answered when it was last asked, and had the topics. */
  public boolean reachable() {
    return reachable;
  }

  /** Those of the topics that are not there, sorted; all of them while Kafka is away. */
  public Set<String> missing(Collection<String> topics) throws InterruptedException {
    Set<String> missing = new TreeSet<>(topics);
    try {
      synchronized (this) {
        missing.removeAll(
            admin().listTopics().names().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS));
      }
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      log.atDebug().setMessage("topics could not be listed").setCause(away).log();
    }
    return missing;
  }

  @Override
  public void close() {
    worker.close();
    synchronized (this) {
      if (admin != null) {
        // not its default, which waits a minute for an answer of a broker that is away
        admin.close(Duration.ofSeconds(1));
        admin = null;
      }
    }
  }

  private void watch() throws InterruptedException {
    while (true) {
      ask();
      Thread.sleep(ASK_EVERY_MILLIS);
    }
  }

  private void ask() throws InterruptedException {
    try {
      synchronized (this) {
        KafkaFuture<?> answer =
            topics.isEmpty()
                ? admin().describeCluster().nodes()
                : admin().describeTopics(topics).allTopicNames();
        answer.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!reachable) {
        log.atInfo().setMessage("Kafka answers").addKeyValue("address", address()).log();
        nextWord = System.nanoTime();
      }
      reachable = true;
    } catch (InterruptException closed) {
      throw closed;
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      reachable = false;
      if (System.nanoTime() - nextWord >= 0) {
        nextWord = System.nanoTime() + SAY_EVERY_NANOS;
        log.atWarn()
            .setMessage("Kafka is away, waiting")
            .addKeyValue("address", address())
            .addKeyValue("error", reason(away))
            .log();
      }
    }
  }

  /** Made late, because it throws while the address can't be resolved. */
  private Admin admin() {
    if (admin == null) {
      admin = Admin.create(KafkaProperties.admin(settings));
    }
    return admin;
  }

  private String address() {
    return settings.kafka().get("bootstrap.servers");
  }

  private static String reason(Exception away) {
    if (away instanceof TimeoutException) {
      return "no answer within " + ANSWER_WITHIN_MILLIS + " ms";
    }
    Throwable cause = away.getCause() == null ? away : away.getCause();
    return cause.getMessage();
  }
}
