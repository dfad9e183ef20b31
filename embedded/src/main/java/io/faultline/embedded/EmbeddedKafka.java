package io.faultline.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker with its controller (KRaft) in this JVM, on a folder. It listens on 127.0.0.1
 * only, makes no topic by itself, and takes records up to 16 MiB.
 *
 * <p>The folder is formatted at the first start and found again later, also after kill -9, with the
 * same port where that is still free.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final String NODE_ID = "1";

  private final Path folder;
  private final TemporaryPart temporary;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  private EmbeddedKafka(Path folder, int wantedPort, boolean deleteFolder) {
    this.folder = Folders.create(folder);
    RememberedPorts ports = new RememberedPorts(this.folder);
    this.port = ports.choose("kafka", wantedPort);
    this.controllerPort = ports.choose("kafka-controller", 0);
    this.temporary = new TemporaryPart(deleteFolder ? this.folder : null, this::stop);
  }

  /** Starts a broker on a folder of its own that goes when it is closed. For tests. */
  public static EmbeddedKafka temporary() {
    return started(new EmbeddedKafka(Folders.temporary("kafka"), 0, true));
  }

  /** Starts a broker on this folder, with the port of its last start or a free one. */
  public static EmbeddedKafka start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts a broker on this folder.
   *
   * @param port where it listens; 0 for the port of its last start, or a free one
   * @throws IllegalStateException where the port is in use
   */
  public static EmbeddedKafka start(Path folder, int port) {
    return started(new EmbeddedKafka(folder, port, false));
  }

  private static EmbeddedKafka started(EmbeddedKafka kafka) {
    kafka.start();
    return kafka;
  }

  /** What clients need as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Starts it again after {@link #stop}, on the same port. It is up when this returns. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    Ports.requireFree(port, "Kafka");
    Ports.requireFree(controllerPort, "Kafka's controller");
    Path data = folder.resolve("data");
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data);
    }
    KafkaRaftServer starting =
        new KafkaRaftServer(KafkaConfig.fromProps(settings(data), false), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException | Error e) {
      starting.shutdown();
      throw e;
    }
    server = starting;
    log.atInfo().setMessage("Kafka is up").addKeyValue("address", bootstrapServers()).log();
  }

  /** Stops it cleanly; its records stay. */
  public synchronized void stop() {
    if (server == null) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
    server = null;
  }

  @Override
  public void close() {
    temporary.close();
  }

  /** What {@code kafka-storage format} does. */
  private static void format(Path data) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
          .setNodeId(Integer.parseInt(NODE_ID))
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot format Kafka's folder " + data + ": " + said.toString(StandardCharsets.UTF_8), e);
    }
  }

  private Properties settings(Path data) {
    Properties settings = KafkaSettings.oneNode();
    settings.setProperty("node.id", NODE_ID);
    settings.setProperty("log.dirs", data.toString());
    settings.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    return settings;
  }
}
